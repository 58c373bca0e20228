package dev.recount.examples.orchestration;

import dev.recount.codec.jackson.JacksonState;
import dev.recount.snapshot.SnapshotStore;
import dev.recount.snapshot.Snapshots;
import dev.recount.snapshot.StateCodec;
import io.vavr.collection.HashMap;
import io.vavr.collection.HashSet;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/** The state as JSON, for snapshots. Immutable and thread-safe. */
public final class OrchestrationSnapshots implements StateCodec<Orchestration> {

    private static final String PROJECTOR = "orchestration";

    // Raise it with every change of what the projector computes: snapshots of another version are not used.
    private static final int VERSION = 1;

    private static final JacksonState<Kept> JSON = JacksonState.of(Kept.class);

    /** The same for every log. */
    public OrchestrationSnapshots() {}

    /** Snapshots of the projector as it is now. */
    public static Snapshots<Orchestration> in(SnapshotStore store) {
        return Snapshots.of(store, PROJECTOR, VERSION, new OrchestrationSnapshots());
    }

    /** The state in collections that JSON has. */
    record Kept(
            List<Project> projects,
            List<ProjectThread> threads,
            List<Turn> turns,
            List<Checkpoint> checkpoints,
            List<GitCommit> commits,
            Set<String> usedIds) {}

    @Override
    public String encode(Orchestration all) {
        return JSON.encode(new Kept(
                List.copyOf(all.projects().values()),
                List.copyOf(all.threads().values()),
                List.copyOf(all.turns().values()),
                List.copyOf(all.checkpoints().values()),
                List.copyOf(all.commits().values()),
                new TreeSet<>(all.usedIds().toJavaSet())));
    }

    @Override
    public Orchestration decode(String text) {
        Kept kept = JSON.decode(text);
        return new Orchestration(
                byId(kept.projects(), Project::id),
                byId(kept.threads(), ProjectThread::id),
                byId(kept.turns(), Turn::id),
                byId(kept.checkpoints(), Checkpoint::id),
                byId(kept.commits(), GitCommit::id),
                HashSet.ofAll(kept.usedIds()));
    }

    private static <V> HashMap<String, V> byId(Collection<V> values, Function<V, String> id) {
        return HashMap.ofAll(values.stream(), id, value -> value);
    }
}
