package dev.recount.examples.cli;

import dev.recount.event.Metadata;
import dev.recount.event.NewEvent;
import dev.recount.event.Tags;
import dev.recount.store.Append;
import dev.recount.store.sqlite.SqliteEventStore;
import dev.recount.store.sqlite.SqliteOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Rigs and source files for tests. */
final class Rigs {

    private Rigs() {}

    /** The audit log of two beads: gt-1 is created, assigned and closed; gt-2 is created. */
    static final List<String> AUDIT = List.of(
            audit(1, "gt-1", "created", "", "{\\\"title\\\":\\\"First\\\"}", "2026-03-01T10:00:00Z"),
            audit(
                    2,
                    "gt-1",
                    "status_changed",
                    "{\\\"id\\\":\\\"gt-1\\\",\\\"title\\\":\\\"First\\\",\\\"status\\\":\\\"open\\\"}",
                    "{\\\"status\\\":\\\"in_progress\\\",\\\"assignee\\\":\\\"toast\\\"}",
                    "2026-03-02T10:00:00Z"),
            audit(3, "gt-2", "created", "", "{\\\"title\\\":\\\"Second\\\"}", "2026-03-02T10:00:00Z"),
            audit(
                    4,
                    "gt-1",
                    "closed",
                    "{\\\"id\\\":\\\"gt-1\\\",\\\"title\\\":\\\"First\\\",\\\"status\\\":\\\"in_progress\\\"}",
                    "done",
                    "2026-03-03T10:00:00Z"));

    static Path auditLog(Path folder) {
        return write(folder.resolve("events.jsonl"), AUDIT);
    }

    /** A rig with the audit log in it. */
    static Path audited(Path folder) {
        Path rig = folder.resolve("gastown.db");
        Cli imported = Cli.run("import", "--format", "beads", "--events", auditLog(folder), "--into", rig);
        if (imported.status() != 0) {
            throw new IllegalStateException(imported.toString());
        }
        return rig;
    }

    /** A rig of another family: events 1 to {@code count} of two types, each tagged with its seat. */
    static Path seats(Path folder, int count) {
        Path rig = folder.resolve("plane.db");
        try (SqliteEventStore store = SqliteEventStore.open(rig)) {
            for (int i = 1; i <= count; i++) {
                append(store, seat(i));
            }
        }
        return rig;
    }

    static NewEvent seat(int number) {
        return NewEvent.of(
                        number % 2 == 1 ? "seat.taken" : "seat.freed", "{\"seat\": \"" + number + "A\",\"price\":1.50}")
                .withTags(Tags.of("seat", number + "A")
                        .and("flight", "LX1")
                        .and("guest", "Ada")
                        .and("guest", "Bob"))
                .withMetadata(Metadata.empty().withActor("desk"))
                .withOccurredAt(Instant.parse("2026-03-01T00:00:00Z").plusSeconds(3_600L * number));
    }

    static void append(Path rig, NewEvent... events) {
        try (SqliteEventStore store = SqliteEventStore.open(rig)) {
            append(store, events);
        }
    }

    static void append(SqliteEventStore store, NewEvent... events) {
        store.append(Append.of(Arrays.asList(events)));
    }

    /** A rig whose events were stored at these times. */
    static Path storedAt(Path folder, Instant... times) {
        Path rig = folder.resolve("clock.db");
        for (int i = 0; i < times.length; i++) {
            Instant time = times[i];
            try (SqliteEventStore store =
                    SqliteEventStore.open(rig, SqliteOptions.defaults().withClock(() -> time))) {
                append(store, seat(i + 1));
            }
        }
        return rig;
    }

    /** Changes a rig by hand, as nobody should: past the triggers that keep events as they are. */
    static void tamper(Path rig, String column, String text) {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + rig);
                Statement sql = connection.createStatement()) {
            List<String> triggers = new ArrayList<>();
            try (ResultSet found = sql.executeQuery("SELECT name FROM sqlite_master WHERE type = 'trigger'")) {
                while (found.next()) {
                    triggers.add(found.getString(1));
                }
            }
            for (String trigger : triggers) {
                sql.executeUpdate("DROP TRIGGER " + trigger);
            }
            try (PreparedStatement update =
                    connection.prepareStatement("UPDATE recount_events SET " + column + " = ? WHERE sequence = 2")) {
                update.setString(1, text);
                update.executeUpdate();
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    static Path write(Path file, List<String> lines) {
        try {
            return Files.write(file, lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String audit(int id, String bead, String type, String before, String after, String time) {
        return "{\"id\":" + id + ",\"issue_id\":\"" + bead + "\",\"event_type\":\"" + type + "\",\"actor\":\"mayor\","
                + "\"old_value\":\"" + before + "\",\"new_value\":\"" + after + "\",\"comment\":null,\"created_at\":\""
                + time + "\"}";
    }
}
