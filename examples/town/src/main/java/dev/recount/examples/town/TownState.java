package dev.recount.examples.town;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.vavr.collection.HashMap;
import io.vavr.collection.HashSet;
import io.vavr.collection.Queue;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The beads, agents and mailboxes of a rig: all of them after a replay, those that a decision needs while it is made.
 *
 * <p>Its maps share what did not change with the state before, so the next state costs about the same however large the rig is.
 * A batch of events gathers its {@link TownChanges} first. Immutable.
 */
public final class TownState {

    private static final TownState EMPTY =
            new TownState(HashMap.empty(), HashMap.empty(), HashMap.empty(), HashSet.empty());

    private final HashMap<String, Bead> beads;
    private final HashMap<String, Agent> agents;
    private final HashMap<String, Queue<String>> mailboxes;
    private final HashSet<String> formerIds;

    TownState(
            HashMap<String, Bead> beads,
            HashMap<String, Agent> agents,
            HashMap<String, Queue<String>> mailboxes,
            HashSet<String> formerIds) {
        this.beads = beads;
        this.agents = agents;
        this.mailboxes = mailboxes;
        this.formerIds = formerIds;
    }

    /** Nothing at all. */
    public static TownState empty() {
        return EMPTY;
    }

    /** The bead of that id. */
    public Optional<Bead> bead(String id) {
        return beads.get(id).toJavaOptional();
    }

    /** The agent of that id. */
    public Optional<Agent> agent(String id) {
        return agents.get(id).toJavaOptional();
    }

    /** All beads by id, as a copy. */
    @JsonProperty
    public SortedMap<String, Bead> beads() {
        return new TreeMap<>(beads.toJavaMap());
    }

    /** All agents by id, as a copy. */
    @JsonProperty
    public SortedMap<String, Agent> agents() {
        return new TreeMap<>(agents.toJavaMap());
    }

    /** The mails that were sent to a recipient and not delivered yet, in the order in which they were sent. */
    public List<String> undelivered(String recipient) {
        return mailboxes.getOrElse(recipient, Queue.empty()).asJava();
    }

    /** All mails that are not delivered yet, by recipient. */
    HashMap<String, Queue<String>> mailboxes() {
        return mailboxes;
    }

    /** The ids of the beads that were deleted, and those that were renamed; their events stay in the log, so no other bead gets them. */
    HashSet<String> formerIds() {
        return formerIds;
    }

    /** For whom a mail waits that is not delivered yet. */
    Optional<String> recipientOf(String mail) {
        return mailboxes
                .find(box -> box._2().contains(mail))
                .map(box -> box._1())
                .toJavaOptional();
    }

    /** The living agent that fits; among several the first by id, since equal maps may hold theirs in another order. */
    Optional<Agent> livingAgent(Predicate<Agent> fits) {
        return agents.values()
                .filter(agent -> !agent.isDead() && fits.test(agent))
                .minBy(Agent::id)
                .toJavaOptional();
    }

    /** The beads that are parts of another. */
    List<Bead> children(String parent) {
        return beads.values()
                .filter(bead -> parent.equals(bead.details().parent()))
                .sortBy(Bead::id)
                .asJava();
    }

    /** This town, for a batch to gather its changes over; the town itself stays as it is. */
    TownChanges open() {
        return new TownChanges(this, beads, agents, mailboxes, formerIds);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof TownState that
                && beads.equals(that.beads)
                && agents.equals(that.agents)
                && mailboxes.equals(that.mailboxes)
                && formerIds.equals(that.formerIds);
    }

    @Override
    public int hashCode() {
        return Objects.hash(beads, agents, mailboxes, formerIds);
    }

    @Override
    public String toString() {
        return beads() + ", " + agents() + ", mail " + mailboxes + ", former ids " + formerIds;
    }
}
