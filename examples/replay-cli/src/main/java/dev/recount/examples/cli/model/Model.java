package dev.recount.examples.cli.model;

import dev.recount.codec.EventCodec;
import dev.recount.decider.Decider;
import dev.recount.decider.Projector;
import dev.recount.examples.cli.output.Json;
import dev.recount.store.EventStore;
import dev.recount.store.sqlite.SqliteEventStore;
import java.nio.file.Path;
import java.util.OptionalLong;

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

    /**
     * Compares a replayed state with the live rows in a file: by default one JSON value in the form of what is shown of the
     * state, or an object a line with its key as {@code id}. Rows are compared in the fields that the file has.
     *
     * @throws IllegalArgumentException where the file is not that; says the line
     */
    default Verdict compareWithFile(S state, Path file, EventStore rig) {
        return RowComparison.of(Rows.ofJson(Json.tree(view(state))), Rows.ofFile(file))
                .run(key -> 0);
    }

    /** The sequence up to which the rig's own tables of this model are written; empty where it has none there. */
    default OptionalLong tablesSequence(SqliteEventStore rig) {
        return OptionalLong.empty();
    }

    /**
     * Compares a state, replayed up to {@link #tablesSequence}, with the rig's own tables.
     *
     * @throws IllegalStateException where it has none there
     */
    default Verdict compareWithTables(S state, SqliteEventStore rig) {
        throw new IllegalStateException("The rig holds no tables of this model.");
    }
}
