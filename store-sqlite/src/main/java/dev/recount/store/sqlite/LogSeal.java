package dev.recount.store.sqlite;

import dev.recount.internal.log.TimeText;
import dev.recount.transfer.Seal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The record that a log was moved, in a table that comes with it, and the triggers that keep it to it: also for older releases and other
 * programs, which see the text of the trigger.
 */
final class LogSeal {

    private static final String TABLE = "recount_seal";
    private static final String CREATE = """
            CREATE TABLE recount_seal (
              only INTEGER PRIMARY KEY CHECK (only = 1),
              transfer TEXT NOT NULL,
              moved_to TEXT NOT NULL,
              sequence INTEGER NOT NULL,
              sealed_at TEXT NOT NULL
            ) STRICT""";

    // What a reactor does after this would be done once more elsewhere, and what a consumer notes would go nowhere.
    private static final List<String> REFUSED = List.of(
            "INSERT ON recount_events",
            "INSERT ON recount_receipts",
            "UPDATE ON recount_log",
            "INSERT ON recount_reactors",
            "UPDATE ON recount_reactors",
            "DELETE ON recount_reactors",
            "INSERT ON recount_reactions",
            "UPDATE ON recount_reactions",
            "DELETE ON recount_reactions",
            "INSERT ON recount_consumers",
            "UPDATE ON recount_consumers",
            "DELETE ON recount_consumers",
            "UPDATE ON recount_seal",
            "DELETE ON recount_seal");

    private static final Pattern TOLD = Pattern.compile("sealed: (moved to .*, at sequence \\d+)", Pattern.DOTALL);

    private LogSeal() {}

    static Optional<Seal> find(Session session) throws SQLException {
        if (!session.hasTable(TABLE)) {
            return Optional.empty();
        }
        try (ResultSet row =
                session.prepare("SELECT transfer, moved_to FROM recount_seal").executeQuery()) {
            return row.next() ? Optional.of(new Seal(row.getString(1), row.getString(2))) : Optional.empty();
        }
    }

    /** Seals the log at its head. */
    static void put(Session writer, Seal seal, Instant now) throws SQLException {
        // Its triggers have to be there before a reactor or a consumer that nobody has run yet.
        ReactionTables.create(writer);
        writer.run(SqliteConsumers.TABLE);
        writer.run(CREATE);
        long head = LogRow.head(writer);
        writer.run(
                "INSERT INTO recount_seal VALUES (1, ?, ?, ?, ?)",
                seal.transfer(),
                seal.movedTo(),
                head,
                TimeText.within(now));
        String told = "sealed: moved to " + seal.movedTo() + ", at sequence " + head;
        for (String refused : REFUSED) {
            writer.run(trigger(refused, told));
        }
    }

    private static String trigger(String refused, String told) {
        String name = "recount_sealed_" + refused.toLowerCase(Locale.ROOT).replaceAll("( on recount_)", "_");
        return "CREATE TRIGGER " + name + " BEFORE " + refused + " BEGIN SELECT RAISE(ABORT, '"
                + told.replace("'", "''") + "'); END";
    }

    /** Where the log went, in the words of the trigger that refused a statement; empty for any other error. */
    static Optional<String> told(SQLException error) {
        for (@Nullable Throwable cause = error; cause != null; cause = cause.getCause()) {
            Matcher told = TOLD.matcher(String.valueOf(cause.getMessage()));
            if (told.find()) {
                return Optional.of(told.group(1));
            }
        }
        return Optional.empty();
    }
}
