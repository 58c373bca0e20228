package dev.recount.examples.orchestration;

import org.jspecify.annotations.Nullable;

/** What commands and events cannot be made without. */
final class Required {

    private Required() {}

    /** Refuses what lacks a component, such as an event whose JSON does. */
    static void components(@Nullable Object... components) {
        for (Object component : components) {
            if (component == null) {
                throw new IllegalArgumentException("it lacks a component that every such one has");
            }
        }
    }

    /** Refuses a command without ids and names. */
    static void texts(@Nullable String... texts) {
        for (String text : texts) {
            if (text == null || text.isBlank()) {
                throw new IllegalArgumentException("A command lacks an id or a name. Give each.");
            }
        }
    }
}
