package dev.recount.store.jdbc;

import java.io.Serial;

/** What others made on the live tables keeps a build from taking their place. */
public final class SwapRefused extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    /** With what it is, and what to do. */
    public SwapRefused(String message, Throwable cause) {
        super(message, cause);
    }

    /** With what it is, and what to do. */
    public SwapRefused(String message) {
        super(message);
    }

    /** As it is told of a model that stopped. */
    String text() {
        return String.valueOf(getMessage());
    }
}
