package dev.recount.examples.town;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recount.decider.Decider;
import dev.recount.store.EventStore;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The rules of every town, with an eye on what becomes of the commands: what was refused must leave the log as it is. */
final class WatchedDecider implements Decider<TownCommand, TownState, TownEvent> {

    private final TownDecider rules = new TownDecider();
    private final EventStore rig;
    private final Set<Class<?>> accepted = new HashSet<>();
    private final Set<Class<?>> refused = new HashSet<>();
    private long headAtRefusal = -1;

    WatchedDecider(EventStore rig) {
        this.rig = rig;
    }

    /** To be called between two commands. */
    void requireNothingStoredWhereRefused() {
        if (headAtRefusal >= 0) {
            assertThat(rig.info().head()).isEqualTo(headAtRefusal);
        }
        headAtRefusal = -1;
    }

    Set<Class<?>> accepted() {
        return accepted;
    }

    Set<Class<?>> refused() {
        return refused;
    }

    @Override
    public List<TownEvent> decide(TownCommand command, TownState town) {
        try {
            List<TownEvent> events = rules.decide(command, town);
            accepted.add(command.getClass());
            return events;
        } catch (TownRejected refusal) {
            refused.add(command.getClass());
            headAtRefusal = rig.info().head();
            throw refusal;
        }
    }

    @Override
    public TownState initialState() {
        return rules.initialState();
    }

    @Override
    public TownState project(TownState town, TownEvent event) {
        return rules.project(town, event);
    }

    @Override
    public TownState projectAll(TownState town, Iterable<? extends TownEvent> events) {
        return rules.projectAll(town, events);
    }
}
