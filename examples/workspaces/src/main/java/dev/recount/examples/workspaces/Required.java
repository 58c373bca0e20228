package dev.recount.examples.workspaces;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What commands and events cannot be made without. */
final class Required {

    // What a log can store; a command of another time would be refused only there.
    private static final Instant EARLIEST = Instant.parse("0000-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999999999Z");

    private Required() {}

    /** Refuses what is not there. */
    static void component(String name, @Nullable Object component) {
        if (component == null) {
            throw new BadComponent(name, "is missing. Give it.");
        }
    }

    /** Refuses a time that is not there, or that no log can store. */
    static void time(String name, @Nullable Instant time) {
        component(name, time);
        if (time != null && (time.isBefore(EARLIEST) || time.isAfter(LATEST))) {
            throw new BadComponent(name, "is " + time + ", which is outside the years 0 to 9999. Check its unit.");
        }
    }

    /** A copy of a list; refuses one that is not there, or has a gap. */
    static <T> List<T> list(String name, @Nullable List<@Nullable T> list) {
        if (list == null || list.stream().anyMatch(Objects::isNull)) {
            throw new BadComponent(name, "is missing, or one of it is. Give all of it.");
        }
        return List.copyOf(list);
    }
}
