package dev.recount.examples.town;

import dev.recount.codec.jackson.JacksonState;
import dev.recount.snapshot.StateCodec;
import io.vavr.collection.HashMap;
import io.vavr.collection.HashSet;
import io.vavr.collection.Queue;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A town as JSON, for snapshots. It refuses the text of a town that does not tell the ids of the beads that are gone, as it was written
 * before these were kept. Immutable and thread-safe.
 */
public final class TownSnapshots implements StateCodec<TownState> {

    private static final List<String> FIELDS = List.of("type", "title", "body", "priority", "parent", "dependencies");
    private static final JacksonState<KeptTown> JSON = JacksonState.of(KeptTown.class);

    /** The same for every rig. */
    public TownSnapshots() {}

    /** A town in collections whose order is that of its text. */
    record KeptTown(
            List<KeptBead> beads, List<Agent> agents, Map<String, List<String>> mailboxes, List<String> formerIds) {}

    /** A progress with everything, also what is nothing. */
    record KeptProgress(
            @Nullable Instant escalatedAt,
            int raised,
            @Nullable String acknowledgedBy,
            int stepsDone,
            @Nullable Instant landedAt) {

        static KeptProgress of(BeadProgress progress) {
            return new KeptProgress(
                    progress.escalatedAt(),
                    progress.raised(),
                    progress.acknowledgedBy(),
                    progress.stepsDone(),
                    progress.landedAt());
        }

        BeadProgress progress() {
            return new BeadProgress(escalatedAt, raised, acknowledgedBy, stepsDone, landedAt);
        }
    }

    /** A bead with what it says as texts by name. */
    record KeptBead(
            String id,
            Status status,
            Map<String, String> details,
            @Nullable String assignee,
            Set<String> labels,
            @Nullable String hookedBy,
            @Nullable String outcome,
            @Nullable Instant createdAt,
            Instant updatedAt,
            @Nullable Instant closedAt,
            KeptProgress progress) {

        static KeptBead of(Bead bead) {
            return new KeptBead(
                    bead.id(),
                    bead.status(),
                    texts(bead.details()),
                    bead.assignee(),
                    bead.labels(),
                    bead.hookedBy(),
                    bead.outcome(),
                    bead.createdAt(),
                    bead.updatedAt(),
                    bead.closedAt(),
                    KeptProgress.of(bead.progress()));
        }

        Bead bead() {
            return new Bead(
                    id,
                    status,
                    BeadDetails.of(details),
                    assignee,
                    new TreeSet<>(labels),
                    hookedBy,
                    outcome,
                    createdAt,
                    updatedAt,
                    closedAt,
                    progress.progress());
        }

        private static Map<String, String> texts(BeadDetails details) {
            Map<String, String> texts = new TreeMap<>(details.metadata());
            for (String field : FIELDS) {
                String text = details.get(field);
                if (text != null) {
                    texts.put(field, text);
                }
            }
            return texts;
        }
    }

    @Override
    public String encode(TownState town) {
        Map<String, List<String>> mailboxes = new TreeMap<>();
        town.mailboxes().forEach((recipient, mails) -> mailboxes.put(recipient, mails.asJava()));
        return JSON.encode(new KeptTown(
                town.beads().values().stream().map(KeptBead::of).toList(),
                List.copyOf(town.agents().values()),
                mailboxes,
                town.formerIds().toJavaStream().sorted().toList()));
    }

    @Override
    public TownState decode(String text) {
        KeptTown kept = JSON.decode(text);
        HashMap<String, Queue<String>> mailboxes =
                HashMap.ofAll(kept.mailboxes()).mapValues(Queue::ofAll);
        return new TownState(
                HashMap.ofAll(kept.beads().stream().map(KeptBead::bead), Bead::id, bead -> bead),
                HashMap.ofAll(kept.agents().stream(), Agent::id, agent -> agent),
                mailboxes,
                HashSet.ofAll(kept.formerIds()));
    }
}
