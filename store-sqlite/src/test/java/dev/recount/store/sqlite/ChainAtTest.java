package dev.recount.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recount.store.Append;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A mark of this store is the hash that the file holds, so it tells histories apart that share their log id. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ChainAtTest {

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void three_events() {
        file = folder.resolve("log.db");
        append(file, 3);
    }

    @Test
    void a_mark_is_the_hash_in_the_file() {
        try (SqliteEventStore store = SqliteEventStore.openReadOnly(file)) {
            List<Map<String, Object>> rows =
                    store.query("SELECT sequence, chain FROM recount_event_log ORDER BY sequence");

            assertThat(rows)
                    .hasSize(3)
                    .allSatisfy(row -> assertThat(store.chainAt(((Number) row.get("sequence")).longValue()))
                            .contains((String) row.get("chain")));
            assertThat(store.chainAt(0)).contains("0".repeat(64));
        }
    }

    @Test
    void copies_that_went_different_ways_have_the_same_marks_up_to_there() throws Exception {
        Path copy = Files.copy(file, folder.resolve("copy.db"));
        append(file, 1);
        append(copy, 2);

        try (SqliteEventStore one = SqliteEventStore.openReadOnly(file);
                SqliteEventStore other = SqliteEventStore.openReadOnly(copy)) {
            assertThat(one.info().logId()).isEqualTo(other.info().logId());
            assertThat(one.chainAt(3)).isEqualTo(other.chainAt(3)).isNotEmpty();
            assertThat(one.chainAt(4)).isNotEmpty().isNotEqualTo(other.chainAt(4));
        }
    }

    @Test
    void the_floor_keeps_its_mark_and_nothing_below_it_has_one() throws Exception {
        try (SqliteEventStore store = SqliteEventStore.open(file)) {
            var second = store.chainAt(2);
            ForeignConnection.run(
                    file,
                    "UPDATE recount_log SET floor = 2,"
                            + " floor_chain = (SELECT chain FROM recount_events WHERE sequence = 2)",
                    "DELETE FROM recount_events WHERE sequence = 2");

            assertThat(store.chainAt(2)).isEqualTo(second).isNotEmpty();
            assertThat(store.chainAt(3)).isNotEmpty();
            assertThat(store.chainAt(1)).isEmpty();
            assertThat(store.chainAt(0)).isEmpty();
        }
    }

    @Test
    void a_rig_of_a_town_has_the_marks_of_its_file() {
        try (SqliteEventStore store = SqliteEventStore.openReadOnly(file);
                SqliteTown town = SqliteTown.open(folder)) {
            assertThat(town.rig("log").chainAt(3)).isEqualTo(store.chainAt(3)).isNotEmpty();
        }
    }

    private static void append(Path file, int events) {
        try (SqliteEventStore store = SqliteEventStore.open(file)) {
            store.append(Append.of(Events.numbered(events, "bead:1")));
        }
    }
}
