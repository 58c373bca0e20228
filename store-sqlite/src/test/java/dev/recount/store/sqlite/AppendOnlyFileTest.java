package dev.recount.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.recount.store.Append;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class AppendOnlyFileTest {

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void three_events() {
        file = folder.resolve("log.db");
        try (SqliteEventStore store = SqliteEventStore.open(file)) {
            store.append(Append.of(Events.numbered(3, "bead:1")));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE recount_events SET data = '[]' WHERE sequence = 2",
                "UPDATE recount_events SET sequence = 9 WHERE sequence = 3",
                "DELETE FROM recount_events WHERE sequence = 3",
                "DELETE FROM recount_events",
                "INSERT OR REPLACE INTO recount_events SELECT 2, type, version, tags, '[]', metadata, occurred_at,"
                        + " stored_at, chain FROM recount_events WHERE sequence = 2",
                "REPLACE INTO recount_events SELECT * FROM recount_events WHERE sequence = 3",
                "INSERT INTO recount_events SELECT -1, type, version, tags, data, metadata, occurred_at, stored_at, chain"
                        + " FROM recount_events WHERE sequence = 1",
                "INSERT INTO recount_events (type, version, tags, data, metadata, occurred_at, stored_at, chain)"
                        + " SELECT type, version, tags, data, metadata, occurred_at, stored_at, chain FROM recount_events"
                        + " WHERE sequence = 1",
                "UPDATE recount_event_tags SET tag = 'bead:2'",
                "DELETE FROM recount_event_tags WHERE sequence = 1",
                "UPDATE recount_log SET head = 2",
                "UPDATE recount_log SET log_id = 'another'",
                "UPDATE recount_log SET floor = 4",
                "UPDATE recount_log SET last_stored_at = '2000-01-01T00:00:00.000000Z'",
                "DELETE FROM recount_log",
                "REPLACE INTO recount_log SELECT 1, 'another', created_at, head, head_chain, floor, floor_chain,"
                        + " last_stored_at FROM recount_log"
            })
    void the_file_refuses_it_from_any_connection(String statement) {
        assertThatThrownBy(() -> ForeignConnection.run(file, statement))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("SQLITE_CONSTRAINT_TRIGGER");

        try (SqliteEventStore store = SqliteEventStore.open(file)) {
            assertThat(Events.sequences(Events.all(store))).containsExactly(1L, 2L, 3L);
            assertThat(store.check().problems()).isEmpty();
        }
    }

    @Test
    void events_at_or_below_the_floor_can_be_removed_and_the_rest_still_verifies() throws SQLException {
        ForeignConnection.run(
                file,
                "UPDATE recount_log SET floor = 2, floor_chain = (SELECT chain FROM recount_events WHERE sequence = 2)",
                "DELETE FROM recount_events WHERE sequence <= 2",
                "DELETE FROM recount_event_tags WHERE sequence <= 2");

        try (SqliteEventStore store = SqliteEventStore.open(file)) {
            assertThat(store.info().floor()).isEqualTo(2);
            assertThat(Events.sequences(Events.all(store))).containsExactly(3L);
            assertThat(store.check().problems()).isEmpty();
        }
    }

    @Test
    void a_sequence_is_not_used_again_after_all_events_were_removed() throws SQLException {
        ForeignConnection.run(
                file,
                "UPDATE recount_log SET floor = 3, floor_chain = head_chain",
                "DELETE FROM recount_events",
                "DELETE FROM recount_event_tags");

        try (SqliteEventStore store = SqliteEventStore.open(file)) {
            assertThat(store.append(Append.of(Events.numbered(1))).first()).isEqualTo(4);
            assertThat(store.check().problems()).isEmpty();
        }
    }
}
