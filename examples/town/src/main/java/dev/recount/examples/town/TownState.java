package dev.recount.examples.town;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.organicdesign.fp.collections.PersistentHashMap;
import org.organicdesign.fp.collections.PersistentVector;

/**
 * The beads, agents and mailboxes of a rig: all of them after a replay, those that a decision needs while it is made.
 *
 * <p>Its maps share what did not change with the state before, so the next state costs about the same however large the rig is.
 * A batch of events is applied to {@link TownChanges}. Immutable.
 */
public final class TownState {

    private static final TownState EMPTY =
            new TownState(PersistentHashMap.empty(), PersistentHashMap.empty(), PersistentHashMap.empty());

    private final PersistentHashMap<String, Bead> beads;
    private final PersistentHashMap<String, Agent> agents;
    private final PersistentHashMap<String, PersistentVector<String>> mailboxes;

    TownState(
            PersistentHashMap<String, Bead> beads,
            PersistentHashMap<String, Agent> agents,
            PersistentHashMap<String, PersistentVector<String>> mailboxes) {
        this.beads = beads;
        this.agents = agents;
        this.mailboxes = mailboxes;
    }

    /** Nothing at all. */
    public static TownState empty() {
        return EMPTY;
    }

    /** The bead of that id. */
    public Optional<Bead> bead(String id) {
        return Optional.ofNullable(beads.get(id));
    }

    /** The agent of that id. */
    public Optional<Agent> agent(String id) {
        return Optional.ofNullable(agents.get(id));
    }

    /** All beads by id, as a copy. */
    @JsonProperty
    public SortedMap<String, Bead> beads() {
        return new TreeMap<>(beads);
    }

    /** All agents by id, as a copy. */
    @JsonProperty
    public SortedMap<String, Agent> agents() {
        return new TreeMap<>(agents);
    }

    /** The mails that were sent to a recipient and not delivered yet, in the order in which they were sent. */
    public List<String> undelivered(String recipient) {
        return mailboxes.getOrDefault(recipient, PersistentVector.empty());
    }

    /** The first living agent that fits. */
    Optional<Agent> livingAgent(Predicate<Agent> fits) {
        return agents.entrySet().stream()
                .map(Map.Entry::getValue)
                .filter(agent -> !agent.isDead() && fits.test(agent))
                .findFirst();
    }

    /** The beads that are parts of another. */
    List<Bead> children(String parent) {
        return beads.entrySet().stream()
                .map(Map.Entry::getValue)
                .filter(bead -> parent.equals(bead.details().parent()))
                .sorted(Comparator.comparing(Bead::id))
                .toList();
    }

    /** This town, to be changed in place by one batch; the state itself stays as it is. */
    TownChanges open() {
        return new TownChanges(this, beads.mutable(), agents.mutable(), mailboxes.mutable());
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof TownState that
                && beads.equals(that.beads)
                && agents.equals(that.agents)
                && mailboxes.equals(that.mailboxes);
    }

    @Override
    public int hashCode() {
        return Objects.hash(beads, agents, mailboxes);
    }

    @Override
    public String toString() {
        return beads() + ", " + agents() + ", mail " + new TreeMap<>(mailboxes);
    }
}
