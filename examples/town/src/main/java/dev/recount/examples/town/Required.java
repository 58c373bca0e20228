package dev.recount.examples.town;

import org.jspecify.annotations.Nullable;

/** What events cannot be made without. */
final class Required {

    private Required() {}

    /** Refuses an event that lacks a component, as one does whose JSON lacks it. */
    static void components(@Nullable Object... components) {
        for (Object component : components) {
            if (component == null) {
                throw new IllegalArgumentException("it lacks a component that every such event has");
            }
        }
    }
}
