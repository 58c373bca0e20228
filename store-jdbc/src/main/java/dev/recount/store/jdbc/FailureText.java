package dev.recount.store.jdbc;

import org.jspecify.annotations.Nullable;

/** What a failure says of itself, also where it fails at that. */
final class FailureText {

    private FailureText() {}

    static String of(Throwable failure) {
        String text;
        try {
            text = told(failure);
        } catch (RuntimeException | Error e) {
            text = null;
        }
        return text == null ? failure.getClass().getName() + ", which cannot say why: its toString() fails" : text;
    }

    private static @Nullable String told(Throwable failure) {
        return failure.toString();
    }
}
