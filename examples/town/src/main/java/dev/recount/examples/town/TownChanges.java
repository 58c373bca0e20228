package dev.recount.examples.town;

import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.organicdesign.fp.collections.PersistentHashMap.MutHashMap;
import org.organicdesign.fp.collections.PersistentVector;

/**
 * A town that one batch of events changes in place, between {@link TownState#open} and {@link #close}.
 *
 * <p>Its maps share with the state what the batch does not touch, and own the rest. Not thread-safe: it belongs to the batch
 * that opened it, and is of no use once it is closed.
 */
final class TownChanges {

    private final TownState before;
    private MutHashMap<String, Bead> beads;
    private MutHashMap<String, Agent> agents;
    private MutHashMap<String, PersistentVector<String>> mailboxes;
    private boolean changed;

    TownChanges(
            TownState before,
            MutHashMap<String, Bead> beads,
            MutHashMap<String, Agent> agents,
            MutHashMap<String, PersistentVector<String>> mailboxes) {
        this.before = before;
        this.beads = beads;
        this.agents = agents;
        this.mailboxes = mailboxes;
    }

    /** The town after the batch; the state from before where nothing has changed. */
    TownState close() {
        return changed ? new TownState(beads.immutable(), agents.immutable(), mailboxes.immutable()) : before;
    }

    void put(Bead bead) {
        beads = put(beads, bead.id(), bead);
    }

    void put(Agent agent) {
        agents = put(agents, agent.id(), agent);
    }

    /** Another bead under that id, or none. */
    void changeBead(String id, UnaryOperator<Optional<Bead>> change) {
        Bead known = beads.get(id);
        Bead next = change.apply(Optional.ofNullable(known)).orElse(null);
        if (!Objects.equals(next, known)) {
            beads = put(beads, id, next);
        }
    }

    /** The bead under another id; nothing where it is not known. */
    void renameBead(String from, String to) {
        Bead known = beads.get(from);
        if (known != null) {
            beads = put(beads, from, null);
            put(known.withId(to));
        }
    }

    /** Another agent under that id, or none. */
    void changeAgent(String id, UnaryOperator<Optional<Agent>> change) {
        Agent known = agents.get(id);
        Agent next = change.apply(Optional.ofNullable(known)).orElse(null);
        if (!Objects.equals(next, known)) {
            agents = put(agents, id, next);
        }
    }

    void addMail(String recipient, String mail) {
        mailboxes = put(mailboxes, recipient, mailbox(recipient).append(mail));
    }

    void removeMail(String recipient, String mail) {
        PersistentVector<String> known = mailbox(recipient);
        PersistentVector<String> rest = PersistentVector.ofIter(known.filter(waiting -> !waiting.equals(mail)));
        if (rest.size() < known.size()) {
            mailboxes = put(mailboxes, recipient, rest.isEmpty() ? null : rest);
        }
    }

    private PersistentVector<String> mailbox(String recipient) {
        return mailboxes.getOrDefault(recipient, PersistentVector.empty());
    }

    private <V> MutHashMap<String, V> put(MutHashMap<String, V> map, String key, @Nullable V value) {
        changed = true;
        return value == null ? map.without(key) : map.assoc(key, value);
    }
}
