package dev.recount.testkit;

import java.util.Collection;
import java.util.stream.Collectors;

/** Values one below the other, for messages. */
final class Listing {

    private Listing() {}

    static String of(Collection<?> values) {
        return values.isEmpty()
                ? "  nothing"
                : values.stream().map(value -> "  " + value).collect(Collectors.joining("\n"));
    }
}
