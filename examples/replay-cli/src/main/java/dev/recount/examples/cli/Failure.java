package dev.recount.examples.cli;

import java.nio.file.Path;

/** A command cannot do what it was asked. Its message is one sentence that names the value, and one that says what would be right. */
final class Failure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String code;
    private final int exitStatus;

    private Failure(String code, int exitStatus, String message) {
        super(message, null, false, false);
        this.code = code;
        this.exitStatus = exitStatus;
    }

    /** What was given is not right. */
    static Failure badInput(String code, String message) {
        return new Failure(code, ExitStatus.BAD_INPUT, message);
    }

    /** There is no log at that path. */
    static Failure noLog(Path file) {
        return new Failure(
                "no_log",
                ExitStatus.UNREADABLE_LOG,
                "There is no log at " + file + ". Give the path of a rig's .db file.");
    }

    /** The path of the log is empty. */
    static Failure noPath() {
        return new Failure(
                "no_log",
                ExitStatus.UNREADABLE_LOG,
                "The path of the log is empty. Give the path of a rig's .db file.");
    }

    /** There is something else than a log at that path. */
    static Failure notALog(Path file) {
        return new Failure(
                "not_a_log",
                ExitStatus.UNREADABLE_LOG,
                file + " is a folder, not a log. Give the path of a rig's .db file.");
    }

    String code() {
        return code;
    }

    int exitStatus() {
        return exitStatus;
    }
}
