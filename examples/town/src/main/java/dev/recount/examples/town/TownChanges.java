package dev.recount.examples.town;

import io.vavr.collection.HashMap;
import io.vavr.collection.HashSet;
import io.vavr.collection.Queue;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What one batch of events changes in a town, between {@link TownState#open} and {@link #close}.
 *
 * <p>The town itself stays as it is. Not thread-safe: it belongs to the batch that opened it.
 */
final class TownChanges {

    private final TownState before;
    private final Changes<String, Bead> beads;
    private final Changes<String, Agent> agents;
    private final Changes<String, Queue<String>> mailboxes;
    private HashSet<String> formerIds;

    TownChanges(
            TownState before,
            HashMap<String, Bead> beads,
            HashMap<String, Agent> agents,
            HashMap<String, Queue<String>> mailboxes,
            HashSet<String> formerIds) {
        this.before = before;
        this.beads = new Changes<>(beads);
        this.agents = new Changes<>(agents);
        this.mailboxes = new Changes<>(mailboxes);
        this.formerIds = formerIds;
    }

    /** The town after the batch; the one from before where nothing has changed. */
    TownState close() {
        return isEmpty() ? before : new TownState(beads.close(), agents.close(), mailboxes.close(), formerIds);
    }

    // The former ids only become more.
    private boolean isEmpty() {
        return beads.isEmpty()
                && agents.isEmpty()
                && mailboxes.isEmpty()
                && formerIds.size() == before.formerIds().size();
    }

    void put(Bead bead) {
        beads.put(bead.id(), bead);
    }

    void put(Agent agent) {
        agents.put(agent.id(), agent);
    }

    /** Another bead under that id, or none. */
    void changeBead(String id, UnaryOperator<Optional<Bead>> change) {
        beads.change(id, change);
    }

    /** No other bead gets that id. */
    void keepId(String id) {
        formerIds = formerIds.add(id);
    }

    /** The bead under another id; nothing where it is not known. */
    void renameBead(String from, String to) {
        keepId(from);
        beads.get(from).ifPresent(bead -> {
            beads.remove(from);
            put(bead.withId(to));
        });
    }

    /** Another agent under that id, or none. */
    void changeAgent(String id, UnaryOperator<Optional<Agent>> change) {
        agents.change(id, change);
    }

    void addMail(String recipient, String mail) {
        mailboxes.change(
                recipient, box -> Optional.of(box.orElseGet(Queue::empty).append(mail)));
    }

    void removeMail(String recipient, String mail) {
        mailboxes.change(
                recipient,
                box -> box.map(mails -> mails.filter(waiting -> !waiting.equals(mail)))
                        .filter(mails -> !mails.isEmpty()));
    }
}
