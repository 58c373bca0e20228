package dev.recount.sql;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How far a read model is. Immutable.
 *
 * @param name its name
 * @param mode how this store keeps it; empty where it does not
 * @param version the version of its live tables; 0 where there are none yet
 * @param checkpoint the sequence up to which the live tables have everything
 * @param state what it does
 * @param build the version that is built beside the live one
 * @param failures what it could not apply, the model itself first, then what is in quarantine
 */
public record ReadModelStatus(
        String name,
        Optional<Mode> mode,
        int version,
        long checkpoint,
        State state,
        Optional<Build> build,
        List<Failure> failures) {

    /** Copies the failures. */
    public ReadModelStatus {
        failures = List.copyOf(failures);
    }

    /** How a store keeps a model. */
    public enum Mode {
        /** In the transaction of each append. */
        INLINE,
        /** In transactions of its own, after the append. */
        ASYNC
    }

    /** What a model does. */
    public enum State {
        /** Its tables have every event of the log. */
        CURRENT,
        /** There are events that it has not taken in yet. */
        BEHIND,
        /** Another version is built beside the live one, or the first one. */
        BUILDING,
        /** It, or the version that is built, could not apply an event or was refused, and goes no further. */
        STOPPED
    }

    /**
     * A version that is built. Immutable.
     *
     * @param version which
     * @param checkpoint the sequence up to which it has everything
     */
    public record Build(int version, long checkpoint) {}

    /**
     * What a model could not apply, or why a build was refused. Immutable.
     *
     * @param sequence the event that it failed at, or the sequence at which the build was compared
     * @param tag the tag whose events are left out since; empty where the whole model stopped
     * @param leftOut how many events were left out, that one included; 0 where the whole model stopped
     * @param cause what it threw, or what was thrown to refuse it
     * @param at when
     * @param ofBuild whether it was the version that is built
     */
    public record Failure(
            long sequence, Optional<String> tag, long leftOut, String cause, Instant at, boolean ofBuild) {}
}
