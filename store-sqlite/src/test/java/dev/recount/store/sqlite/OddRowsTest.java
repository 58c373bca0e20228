package dev.recount.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recount.event.NewEvent;
import dev.recount.event.PackedEvents;
import dev.recount.event.StoredEvent;
import dev.recount.internal.log.TimeText;
import dev.recount.store.Append;
import dev.recount.store.PackedPage;
import dev.recount.store.Query;
import dev.recount.store.ReadOptions;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever other hands have put into the rows, packed and row by row they read the same. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class OddRowsTest {

    private static final List<String> ODD_VALUES = List.of(
            "type = char(31)",
            "type = 'a' || char(31) || '1' || char(31)",
            "type = '!'",
            "type = ''",
            "type = CAST(x'61006200' AS TEXT)",
            "type = CAST(x'ff61c3' AS TEXT)",
            "type = printf('%.*c', 20000, 'x')",
            "version = -1",
            "version = 5000000000",
            "tags = 'nonsense'",
            "tags = ''",
            "tags = '[\"a\"]'",
            "metadata = '{'",
            "metadata = CAST(x'7b2261223a22ff227d' AS TEXT)",
            "data = ''",
            "data = 'not json ' || char(31) || '7'",
            "data = CAST(x'22ff22' AS TEXT)",
            "data = CAST(x'22eda080f09f9a22' AS TEXT)",
            "data = CAST(x'22c3' AS TEXT)",
            "data = CAST(x'2200220031' AS TEXT)",
            "data = '\"café 世界 🚀\"'",
            "occurred_at = ''",
            "occurred_at = '2026-02-30T10:00:00.000000Z'",
            "occurred_at = 'é026-02-03T10:00:00.00000Z'",
            "stored_at = 'yesterday'",
            "stored_at = CAST(x'00' AS TEXT)");

    @TempDir
    Path folder;

    @Test
    void an_odd_row_reads_the_same_packed_and_by_itself() throws SQLException {
        Path file = folder.resolve("log.db");
        try (SqliteEventStore store = SqliteEventStore.open(file)) {
            store.append(Append.of(Events.numbered(3 * ODD_VALUES.size())));
        }
        String[] updates = new String[ODD_VALUES.size()];
        for (int i = 0; i < updates.length; i++) {
            updates[i] = "UPDATE recount_events SET " + ODD_VALUES.get(i) + " WHERE sequence = " + (3 * i + 2);
        }
        ForeignConnection.tamper(file, updates);

        try (SqliteEventStore store = SqliteEventStore.openReadOnly(file)) {
            requireSameReading(store);
        }
    }

    @Test
    void large_events_among_small_ones_read_the_same_packed_and_by_themselves() {
        try (SqliteEventStore store = SqliteEventStore.open(folder.resolve("log.db"))) {
            List<NewEvent> events = new ArrayList<>();
            for (int i = 0; i < 1_200; i++) {
                boolean isLarge = i % 97 == 50 || (i > 700 && i < 710);
                int size = isLarge ? EventForm.MAX_BYTES + i : i % 30;
                events.add(NewEvent.of("sized", "\"" + "é".repeat(size / 2) + "\""));
            }
            store.append(Append.of(events));

            requireSameReading(store);
        }
    }

    @Test
    void events_at_the_very_limit_of_packing_read_the_same() {
        try (SqliteEventStore store = SqliteEventStore.open(folder.resolve("log.db"))) {
            for (int size = EventForm.MAX_BYTES - 120; size <= EventForm.MAX_BYTES + 3; size++) {
                Events.append(store, NewEvent.of("t", "\"" + "x".repeat(size - 3) + "\""));
            }

            requireSameReading(store);
        }
    }

    @Test
    void a_file_in_another_encoding_is_read_row_by_row() throws SQLException {
        Path file = folder.resolve("log.db");
        try (ForeignConnection other = ForeignConnection.to(file)) {
            other.run("PRAGMA encoding = 'UTF-16le'");
            for (String statement : Schema.STATEMENTS) {
                other.run(statement);
            }
            other.run("INSERT INTO recount_log VALUES (1, '" + UUID.randomUUID() + "', '" + TimeText.EARLIEST_TEXT
                    + "', 0, zeroblob(32), 0, zeroblob(32), '" + TimeText.EARLIEST_TEXT + "')");
            other.run("PRAGMA application_id = " + Schema.APPLICATION_ID);
            other.run("PRAGMA user_version = " + Schema.FORMAT);
        }

        try (SqliteEventStore store = SqliteEventStore.open(file)) {
            store.append(Append.of(Events.numbered(700)));

            assertThat(Events.all(store)).hasSize(700);
            assertThat(Events.all(store, Query.ofTypes("numbered", "other"))).hasSize(700);
            requireSameReading(store);
        }
    }

    @Test
    void a_tag_without_an_event_hides_no_event_behind_it() throws SQLException {
        Path file = folder.resolve("log.db");
        try (SqliteEventStore store = SqliteEventStore.open(file)) {
            store.append(Append.of(Events.numbered(9, "bead:1")));
        }
        ForeignConnection.tamper(file, "DELETE FROM recount_events WHERE sequence IN (2, 3, 4, 5)");

        try (SqliteEventStore store = SqliteEventStore.openReadOnly(file)) {
            Query either = Query.tagged("bead", "1").or(Query.tagged("bead", "2"));
            List<StoredEvent> found = new ArrayList<>();
            long after = 0;
            for (boolean complete = false; !complete; ) {
                var page =
                        store.read(either, ReadOptions.defaults().after(after).withLimit(2));
                found.addAll(page.events());
                after = page.upTo();
                complete = page.complete();
            }

            assertThat(Events.sequences(found)).containsExactly(1L, 6L, 7L, 8L, 9L);
        }
    }

    private static void requireSameReading(SqliteEventStore store) {
        List<StoredEvent> alone = new ArrayList<>();
        for (long sequence = 1; sequence <= store.info().head(); sequence++) {
            ReadOptions one = ReadOptions.defaults().after(sequence - 1).withLimit(1);
            alone.addAll(store.read(Query.all(), one).events());
        }
        List<StoredEvent> newestFirst = new ArrayList<>(alone);
        Collections.reverse(newestFirst);

        assertThat(Events.all(store)).isEqualTo(alone);
        assertThat(allNewestFirst(store)).isEqualTo(newestFirst);
        requireSamePacked(store, alone);
    }

    private static List<StoredEvent> allNewestFirst(SqliteEventStore store) {
        List<StoredEvent> found = new ArrayList<>();
        ReadOptions rest = ReadOptions.defaults().newestFirst();
        for (boolean complete = false; !complete; ) {
            var page = store.read(Query.all(), rest);
            found.addAll(page.events());
            complete = page.complete();
            rest = rest.until(found.get(found.size() - 1).sequence() - 1);
        }
        return found;
    }

    private static void requireSamePacked(SqliteEventStore store, List<StoredEvent> expected) {
        int taken = 0;
        long after = 0;
        for (boolean complete = false; !complete; ) {
            PackedPage page = store.readPacked(
                            Query.all(), ReadOptions.defaults().after(after))
                    .orElseThrow();
            PackedEvents events = page.events();
            for (int i = 0; i < events.size(); i++) {
                StoredEvent event = expected.get(taken++);
                assertThat(events.sequence(i)).isEqualTo(event.sequence());
                assertThat(events.type(i)).isEqualTo(event.type());
                assertThat(events.version(i)).isEqualTo(event.version());
                assertThat(events.data(i)).isEqualTo(event.data());
            }
            after = page.upTo();
            complete = page.complete();
        }
        assertThat(taken).isEqualTo(expected.size());
    }
}
