package dev.recount.examples.workspaces;

/** A command or an event cannot be made with what one of its components is, or without it. */
final class BadComponent extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final String component;

    BadComponent(String component, String problem) {
        super("Its " + component + ' ' + problem);
        this.component = component;
    }

    /** Which one, by its name in JSON. */
    String component() {
        return component;
    }
}
