package dev.recount.examples.cli.output;

import java.util.List;

/**
 * Colours for text that people read; or none.
 *
 * <p>Immutable.
 */
public final class Paint {

    private static final String RESET = "\u001B[0m";
    private static final List<Integer> DISTINCT = List.of(36, 33, 35, 32, 34, 96, 93, 95);

    private final boolean colours;

    /** With colours, or without. */
    public Paint(boolean colours) {
        this.colours = colours;
    }

    /** Text that stands back. */
    public String faint(String text) {
        return painted(2, text);
    }

    /** Text that stands out. */
    public String bold(String text) {
        return painted(1, text);
    }

    /** Text that says all is well. */
    public String good(String text) {
        return painted(32, text);
    }

    /** Text that says something is wrong. */
    public String bad(String text) {
        return painted(31, text);
    }

    /** Text in the colour of a name: the same name always has the same. */
    public String ofName(String name, String text) {
        return painted(DISTINCT.get(Math.floorMod(name.hashCode(), DISTINCT.size())), text);
    }

    /** Text in one of several colours, by number. */
    public String ofNumber(int number, String text) {
        return painted(DISTINCT.get(Math.floorMod(number, DISTINCT.size())), text);
    }

    private String painted(int code, String text) {
        return colours ? "\u001B[" + code + 'm' + text + RESET : text;
    }
}
