package dev.recount.examples.town;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.vavr.collection.HashMap;
import io.vavr.collection.Queue;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The beads, agents and mailboxes of a rig: all of them after a replay, those that a decision needs while it is made.
 *
 * <p>Its maps share what did not change with the state before, so the next state costs the same however large the rig is.
 * Immutable.
 */
public final class TownState {

    private static final TownState EMPTY = new TownState(HashMap.empty(), HashMap.empty(), HashMap.empty());

    private final HashMap<String, Bead> beads;
    private final HashMap<String, Agent> agents;
    private final HashMap<String, Queue<String>> mailboxes;

    private TownState(
            HashMap<String, Bead> beads, HashMap<String, Agent> agents, HashMap<String, Queue<String>> mailboxes) {
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

    /** The first living agent that fits. */
    Optional<Agent> livingAgent(Predicate<Agent> fits) {
        return agents.values()
                .find(agent -> !agent.isDead() && fits.test(agent))
                .toJavaOptional();
    }

    /** The beads that are parts of another. */
    List<Bead> children(String parent) {
        return beads.values()
                .filter(bead -> parent.equals(bead.details().parent()))
                .sortBy(Bead::id)
                .asJava();
    }

    /** With another bead under that id; none where null. */
    TownState withBead(String id, @Nullable Bead bead) {
        return new TownState(bead == null ? beads.remove(id) : beads.put(id, bead), agents, mailboxes);
    }

    TownState withAgent(Agent agent) {
        return new TownState(beads, agents.put(agent.id(), agent), mailboxes);
    }

    /** The same with a known agent changed; a decision may know of an agent by name only. */
    TownState changingAgent(String id, UnaryOperator<Agent> change) {
        return agent(id).map(agent -> withAgent(change.apply(agent))).orElse(this);
    }

    TownState withMail(String recipient, String mail) {
        Queue<String> box = mailboxes.getOrElse(recipient, Queue.empty());
        return new TownState(beads, agents, mailboxes.put(recipient, box.append(mail)));
    }

    TownState withoutMail(String recipient, String mail) {
        Queue<String> rest = mailboxes.getOrElse(recipient, Queue.empty()).filter(waiting -> !waiting.equals(mail));
        return new TownState(
                beads, agents, rest.isEmpty() ? mailboxes.remove(recipient) : mailboxes.put(recipient, rest));
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
        return beads() + ", " + agents() + ", mail " + mailboxes;
    }
}
