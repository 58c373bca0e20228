package dev.recount.examples.town;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import org.jspecify.annotations.Nullable;

/**
 * A bead that a convoy waits for. Its text is {@code rig/bead}, or {@code bead} for one of the convoy's own rig. Immutable.
 *
 * @param rig the rig that holds it; null for the convoy's own
 * @param bead its id there
 */
public record TrackedBead(@Nullable String rig, String bead) {

    /**
     * The bead of a text.
     *
     * @throws IllegalArgumentException where the rig or the bead is blank
     */
    @JsonCreator
    public static TrackedBead parse(String text) {
        int slash = text.indexOf('/');
        TrackedBead bead = slash < 0
                ? new TrackedBead(null, text)
                : new TrackedBead(text.substring(0, slash), text.substring(slash + 1));
        if (bead.bead().isBlank() || slash == 0) {
            throw new IllegalArgumentException("'" + text + "' names no bead. Write it as rig/bead, or as bead.");
        }
        return bead;
    }

    /** Whether the convoy's own rig holds it. */
    boolean isLocal() {
        return rig == null;
    }

    @Override
    @JsonValue
    public String toString() {
        return rig == null ? bead : rig + '/' + bead;
    }
}
