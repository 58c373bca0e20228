package dev.recount.examples.changefeed;

import dev.recount.decider.CommandRejected;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The rules forbid a command. The code begins with the kind of thing: {@code PR_NOT_FOUND}, {@code SESSION_OVER}. */
public abstract sealed class WorkRejected extends CommandRejected {

    private final String kind;
    private final String project;
    private final String id;

    private WorkRejected(String kind, String project, String id, String code, String message) {
        super(kind.toUpperCase(Locale.ROOT) + "_" + code, message);
        this.kind = kind;
        this.project = project;
        this.id = id;
    }

    /** The kind of thing that it is about: {@code project}, {@code session}, {@code pr} or {@code thread}. */
    public final String kind() {
        return kind;
    }

    /** Its project. */
    public final String project() {
        return project;
    }

    /** Its id. */
    public final String id() {
        return id;
    }

    final String message() {
        @Nullable String message = getMessage();
        return Objects.requireNonNullElse(message, code());
    }

    /** There is no such thing. */
    public static final class NotFound extends WorkRejected {

        NotFound(String kind, String project, String id) {
            super(
                    kind,
                    project,
                    id,
                    "NOT_FOUND",
                    "There is no " + kind + " '" + id + "' in project '" + project
                            + "'. Name one that exists, or create it first.");
        }
    }

    /** The id is taken. */
    public static final class Exists extends WorkRejected {

        Exists(String kind, String project, String id) {
            super(
                    kind,
                    project,
                    id,
                    "EXISTS",
                    "There is a " + kind + " '" + id + "' in project '" + project + "' already. Choose another id.");
        }
    }

    /** It is over and can change no more. */
    public static final class Over extends WorkRejected {

        Over(String kind, String project, String id) {
            super(
                    kind,
                    project,
                    id,
                    "OVER",
                    "The " + kind + " '" + id + "' of project '" + project
                            + "' is over and can change no more. Create another one.");
        }
    }
}
