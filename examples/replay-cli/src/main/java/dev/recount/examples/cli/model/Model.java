package dev.recount.examples.cli.model;

import dev.recount.codec.EventCodec;
import dev.recount.decider.Decider;
import dev.recount.decider.Projector;
import dev.recount.examples.cli.output.Json;
import dev.recount.replay.StateRows;
import dev.recount.sql.SqlReadModel;
import dev.recount.store.EventStore;
import dev.recount.store.Query;
import dev.recount.store.sqlite.SqliteEventStore;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A read model that the command line can replay, show and verify.
 *
 * <p>An application's own model is named with {@code --jar app.jar --model com.acme.BoardProjector}. A plain {@link Projector} is
 * enough where its events are a sealed interface of records; implement this interface where the events need another codec,
 * or the state another form. Either needs a public constructor without parameters.
 *
 * <p>Expected to be immutable.
 *
 * @param <S> the state
 * @param <E> the events
 */
public interface Model<S, E> {

    /** Computes the state. */
    Projector<S, E> projector();

    /** Reads the events. */
    EventCodec<E> codec();

    /**
     * The recorded commands that led to its events. By default they are those of the decider's class: a sealed interface of records,
     * each with a name as events have one, each decided on the whole log.
     *
     * @throws ModelNotUsable where the decider's class does not say what its commands are
     */
    default RecordedCommands<?> commandsOf(Decider<?, ?, E> decider) {
        return RecordedCommands.of(decider);
    }

    /** What is shown of a state, in a form that Jackson writes as JSON. */
    default Object view(S state) {
        return state;
    }

    /** A state as rows, for comparing two and for following a value: by default those of what is shown of it. */
    default StateRows<S> rows() {
        return new ShownRows<>(this);
    }

    /**
     * The events that make the row of a key what it is, where a query finds them: a replay of these alone leads to the same row. Empty
     * where none does.
     */
    default Optional<Query> eventsOf(String key) {
        return Optional.empty();
    }

    /**
     * Compares a replayed state with the live rows in a file: by default one JSON value in the form of what is shown of the
     * state, or an object a line with its key as {@code id}. Rows are compared in the fields that the file has.
     *
     * @throws IllegalArgumentException where the file is not that; says the line
     */
    default Verdict compareWithFile(S state, Path file, EventStore rig) {
        return Rows.ofFile(file).compare(Rows.ofJson(Json.tree(view(state))));
    }

    /** What keeps the tables of this model in a rig; empty where nothing does. */
    default Optional<SqlReadModel> tables() {
        return Optional.empty();
    }

    /**
     * The live state that the tables of a rig hold. Empty where they tell less than the state: then they are compared as they are, row by
     * row, with those that a replay of {@link #tables()} writes.
     */
    default Optional<S> stateIn(SqliteEventStore rig) {
        return Optional.empty();
    }
}
