package dev.recount.examples.town;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far an escalation, a molecule or a convoy has got; {@link #NONE} for every other bead. Immutable.
 *
 * @param escalatedAt since when it waits to be acknowledged; null for what was not escalated
 * @param raised how often its severity was raised
 * @param acknowledgedBy who acknowledged it; null while nobody has
 * @param stepsDone how many of a molecule's steps are done
 * @param landedAt when a convoy landed; null while it has not
 */
public record BeadProgress(
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Instant escalatedAt,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) int raised,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String acknowledgedBy,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) int stepsDone,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Instant landedAt) {

    /** Of a bead that is nothing of the kind. */
    public static final BeadProgress NONE = new BeadProgress(null, 0, null, 0, null);

    BeadProgress escalated(Instant since, int times) {
        return new BeadProgress(since, times, acknowledgedBy, stepsDone, landedAt);
    }

    BeadProgress acknowledged(String by) {
        return new BeadProgress(escalatedAt, raised, by, stepsDone, landedAt);
    }

    BeadProgress advanced(int steps) {
        return new BeadProgress(escalatedAt, raised, acknowledgedBy, steps, landedAt);
    }

    BeadProgress landed(Instant time) {
        return new BeadProgress(escalatedAt, raised, acknowledgedBy, stepsDone, time);
    }

    /** Whether it is an escalation that nobody has acknowledged. */
    boolean isUnacknowledged() {
        return escalatedAt != null && acknowledgedBy == null;
    }
}
