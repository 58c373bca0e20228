package dev.recount.examples.town;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/**
 * That a bead rests on another. Its text is {@code kind:bead}. Immutable.
 *
 * @param kind how: {@code blocks}, {@code tracks}, {@code parent-child}, or what a log says
 * @param on the other bead
 */
public record Dependency(String kind, String on) {

    /**
     * The dependency of a text {@code kind:bead}.
     *
     * @throws IllegalArgumentException where the text has no colon
     */
    @JsonCreator
    public static Dependency parse(String text) {
        int colon = text.indexOf(':');
        if (colon < 0) {
            throw new IllegalArgumentException("Dependency '" + text + "' has no colon. Write it as kind:bead.");
        }
        return new Dependency(text.substring(0, colon), text.substring(colon + 1));
    }

    static String join(Collection<Dependency> dependencies) {
        return dependencies.stream().map(Dependency::toString).collect(Collectors.joining(" "));
    }

    static List<Dependency> split(String texts) {
        return Arrays.stream(texts.split(" ", -1))
                .filter(text -> !text.isEmpty())
                .map(Dependency::parse)
                .toList();
    }

    @Override
    @JsonValue
    public String toString() {
        return kind + ':' + on;
    }
}
