package dev.recount.examples.workspaces;

import org.jspecify.annotations.Nullable;

/**
 * A field that changed. Immutable.
 *
 * @param field {@code name}, {@code role} or {@code tier}
 * @param old what it was; null where there was nothing
 * @param now what it is
 */
public record Changed(String field, @Nullable String old, String now) {

    /** Refuses what lacks a component. */
    public Changed {
        Required.component("changes.field", field);
        Required.component("changes.now", now);
    }
}
