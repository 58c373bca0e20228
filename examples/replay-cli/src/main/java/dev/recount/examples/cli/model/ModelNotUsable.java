package dev.recount.examples.cli.model;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** There is no model of that name, or it cannot be made. Its message says what would be right. */
public final class ModelNotUsable extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    ModelNotUsable(String message, @Nullable Throwable cause) {
        super(message, cause, false, false);
    }
}
