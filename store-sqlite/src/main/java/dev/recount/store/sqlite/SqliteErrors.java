package dev.recount.store.sqlite;

import dev.recount.store.EventStoreException;
import dev.recount.store.LogCorrupt;
import dev.recount.store.StoreUnavailable;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;

/** What SQLite says, in the words of the port. */
final class SqliteErrors {

    private static final int BUSY = 5;
    private static final int LOCKED = 6;
    private static final int READONLY = 8;
    private static final int IO_ERROR = 10;
    private static final int CORRUPT = 11;
    private static final int OUT_OF_MEMORY = 7;
    private static final int FULL = 13;
    private static final int CANNOT_OPEN = 14;
    private static final int NOT_A_DATABASE = 26;

    private SqliteErrors() {}

    static boolean isBusy(SQLException e) {
        return primaryCode(e) == BUSY || primaryCode(e) == LOCKED;
    }

    /** Whether the statement itself is at fault (its text, its arguments, a constraint), not the file. */
    static boolean isStatementError(SQLException e) {
        return switch (primaryCode(e)) {
            case BUSY, LOCKED, OUT_OF_MEMORY, READONLY, IO_ERROR, CORRUPT, FULL, CANNOT_OPEN, NOT_A_DATABASE -> false;
            default -> true;
        };
    }

    static EventStoreException of(SQLException e, Path file) {
        Optional<String> moved = LogSeal.told(e);
        return moved.isPresent() ? moved(file, moved.get(), e) : other(e, file);
    }

    private static StoreUnavailable moved(Path file, String told, SQLException e) {
        return new StoreUnavailable(
                "Log " + file + " was " + told + ", so nothing was stored here. Append to it there; here it can still"
                        + " be read.",
                e);
    }

    private static EventStoreException other(SQLException e, Path file) {
        return switch (primaryCode(e)) {
            case BUSY, LOCKED ->
                new StoreUnavailable(
                        "Log " + file + " is locked by another program. Close what holds it, then try again.", e);
            case READONLY ->
                new StoreUnavailable(
                        "Log " + file + " cannot be written: the file, its folder or the disk is read-only. Make them"
                                + " writable, or open the log with openReadOnly.",
                        e);
            case FULL ->
                new StoreUnavailable(
                        "Log " + file
                                + " cannot grow: the disk is full. Nothing of this was stored. Free space, then try"
                                + " again.",
                        e);
            case CANNOT_OPEN ->
                new StoreUnavailable(
                        "Log " + file + " cannot be opened. Check that the path and its permissions are right.", e);
            case IO_ERROR ->
                new StoreUnavailable(
                        "Log " + file + " cannot be read or written: " + e.getMessage()
                                + ". Check the disk and the permissions, then try again. Whether an append that failed in this"
                                + " way was stored, only a repetition with its receipt key can tell.",
                        e);
            case OUT_OF_MEMORY ->
                new StoreUnavailable(
                        "Log " + file + " cannot be read or written now: memory ran out. Give the program more, or ask"
                                + " for less at once.",
                        e);
            case NOT_A_DATABASE -> notADatabase(file, e);
            case CORRUPT ->
                new LogCorrupt(
                        "Log " + file + " is damaged: " + e.getMessage() + ". Check it, and restore it from a backup.",
                        e);
            default ->
                new LogCorrupt(
                        "Log " + file + " does not do what a log does: " + e.getMessage()
                                + ". Its tables, or triggers on them, are not as this library has made them: check it, and"
                                + " take away what others have added, or restore it from a backup.",
                        e);
        };
    }

    static LogCorrupt notADatabase(Path file, SQLException e) {
        return new LogCorrupt(
                "File " + file + " is not a SQLite database, so it is no log. Give the path of a log.", e);
    }

    // Extended codes carry the primary one in their low byte.
    private static int primaryCode(SQLException e) {
        return e.getErrorCode() & 0xff;
    }
}
