package dev.recount.reaction;

import dev.recount.decider.CommandRejected;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Why something failed, in the words of what was thrown; also where that fails at it, which must not end what tells of it. */
final class Reason {

    private Reason() {}

    static String of(Throwable thrown) {
        return told(thrown, thrown::toString);
    }

    static String of(CommandRejected rejection) {
        return told(rejection, () -> rejection.code() + ": " + rejection.getMessage());
    }

    private static String told(Throwable thrown, Supplier<@Nullable String> words) {
        String told;
        try {
            told = words.get();
        } catch (RuntimeException | Error e) {
            told = null;
        }
        return told == null ? thrown.getClass().getName() + ", which cannot say why" : told;
    }
}
