package dev.recount.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recount.event.NewEvent;
import dev.recount.event.Tags;
import dev.recount.store.Append;
import dev.recount.store.Appended;
import dev.recount.store.sqlite.SqliteEventStore;
import dev.recount.store.sqlite.SqliteOptions;
import dev.recount.store.sqlite.SqliteTown;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The samples of store-sqlite, run. {@link DocumentationTest} sees to it that none is missing here. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class SqliteSamplesTest {

    @TempDir
    Path directory;

    @Test
    void a_log_is_a_file() {
        Path path = directory.resolve("gastown.db");

        try (SqliteEventStore store = SqliteEventStore.open(path)) {
            store.append(Append.of(List.of(NewEvent.of("bead.created", "{}"))));
        }

        try (SqliteEventStore again = SqliteEventStore.openReadOnly(path)) {
            assertThat(again.info().head()).isEqualTo(1);
        }
    }

    @Test
    void a_read_model_is_written_with_the_events() {
        SqliteOptions options =
                SqliteOptions.defaults().withBusyTimeout(Duration.ofSeconds(5)).withInline(new BeadTable());

        try (SqliteEventStore store = SqliteEventStore.open(directory.resolve("gastown.db"), options)) {
            store.append(Append.of(List.of(NewEvent.of("bead.created", "{}").withTags(Tags.of("bead", "gt-1a2b")))));
            List<Map<String, Object>> beads = store.query("SELECT status FROM bead WHERE id = ?", "gt-1a2b");

            assertThat(beads).containsExactly(Map.of("status", "open"));
        }
    }

    @Test
    void who_has_appended_can_wait_for_an_async_read_model() throws InterruptedException {
        SqliteOptions options = SqliteOptions.defaults().withAsync(new BeadTable());
        List<NewEvent> events = List.of(NewEvent.of("bead.created", "{}").withTags(Tags.of("bead", "gt-1a2b")));
        List<Map<String, Object>> rows = List.of();

        try (SqliteEventStore store = SqliteEventStore.open(directory.resolve("gastown.db"), options)) {
            Appended appended = store.append(Append.of(events));
            if (store.awaitApplied("beads", appended.last(), Duration.ofSeconds(60))) {
                rows = store.query("SELECT id FROM bead");
            }
        }

        assertThat(rows).containsExactly(Map.of("id", "gt-1a2b"));
    }

    @Test
    void a_town_is_a_directory_of_logs() {
        List<NewEvent> events = List.of(NewEvent.of("bead.created", "{}"));
        List<String> rigs;

        try (SqliteTown town = SqliteTown.open(directory)) {
            town.rig("gastown").append(Append.of(events));
            town.rig("beads").append(Append.of(events));
            rigs = town.rigs(); // [beads, gastown]
        }

        assertThat(rigs).containsExactly("beads", "gastown");
        assertThat(directory.resolve("gastown.db")).isRegularFile();
    }
}
