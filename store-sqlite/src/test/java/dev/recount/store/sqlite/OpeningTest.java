package dev.recount.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.recount.store.Append;
import dev.recount.store.EventStoreException;
import dev.recount.store.LogCorrupt;
import dev.recount.store.LogProblem;
import dev.recount.store.StoreUnavailable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class OpeningTest {

    private static final SqliteOptions IMPATIENT = SqliteOptions.defaults().withBusyTimeout(Duration.ofMillis(150));

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void a_path() {
        file = folder.resolve("log.db");
    }

    private void writeEvents(int count) {
        try (SqliteEventStore store = SqliteEventStore.open(file)) {
            store.append(Append.of(Events.numbered(count, "bead:1")));
        }
    }

    private List<String> filesInFolder() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }

    @Nested
    class What_is_not_a_log {

        @Test
        void a_text_file_is_refused_and_left_alone() throws IOException {
            Files.writeString(file, "These are notes, not a database. ".repeat(100));
            byte[] before = Files.readAllBytes(file);

            assertThatThrownBy(() -> SqliteEventStore.open(file))
                    .isInstanceOf(LogCorrupt.class)
                    .hasMessageContaining("not a SQLite database");
            assertThat(Files.readAllBytes(file)).isEqualTo(before);
        }

        @Test
        void another_programs_database_is_refused_and_left_alone() throws Exception {
            ForeignConnection.run(file, "CREATE TABLE cookies (name TEXT)");
            byte[] before = Files.readAllBytes(file);

            assertThatThrownBy(() -> SqliteEventStore.open(file))
                    .isInstanceOf(LogCorrupt.class)
                    .hasMessageContaining("not a log")
                    .hasMessageContaining("application id is 0");
            assertThat(Files.readAllBytes(file)).isEqualTo(before);
        }

        @Test
        void a_newer_format_is_refused() throws SQLException {
            writeEvents(1);
            ForeignConnection.run(file, "PRAGMA user_version = 7");

            assertThatThrownBy(() -> SqliteEventStore.open(file))
                    .isInstanceOf(StoreUnavailable.class)
                    .hasMessageContaining("format 7")
                    .hasMessageContaining("newer release");
        }

        @Test
        void a_folder_is_refused() {
            assertThatThrownBy(() -> SqliteEventStore.open(folder))
                    .isInstanceOf(StoreUnavailable.class)
                    .hasMessageContaining("is a folder");
        }

        @Test
        void a_missing_folder_is_refused_and_not_created() {
            Path inNowhere = folder.resolve("nowhere").resolve("log.db");

            assertThatThrownBy(() -> SqliteEventStore.open(inNowhere))
                    .isInstanceOf(StoreUnavailable.class)
                    .hasMessageContaining("does not exist");
            assertThat(inNowhere.getParent()).doesNotExist();
        }
    }

    @Nested
    class What_was_damaged {

        @Test
        void a_truncated_file_is_corrupt() throws IOException {
            writeEvents(2_000);
            try (RandomAccessFile raw = new RandomAccessFile(file.toFile(), "rw")) {
                raw.setLength(raw.length() / 2 / 4096 * 4096);
            }

            assertThatThrownBy(() -> {
                        try (SqliteEventStore store = SqliteEventStore.open(file)) {
                            Events.all(store);
                        }
                    })
                    .isInstanceOf(LogCorrupt.class)
                    .hasMessageContaining("damaged");
        }

        @Test
        void a_newest_event_that_was_removed_by_force_is_noticed() throws SQLException {
            writeEvents(3);
            ForeignConnection.tamper(file, "DELETE FROM recount_events WHERE sequence = 3");

            assertThatThrownBy(() -> SqliteEventStore.open(file))
                    .isInstanceOf(LogCorrupt.class)
                    .hasMessageContaining("head is 3")
                    .hasMessageContaining("newest event is 2");
        }

        @Test
        void a_log_that_must_not_be_written_on_can_still_be_read_and_checked() throws SQLException {
            writeEvents(3);
            ForeignConnection.tamper(file, "DELETE FROM recount_events WHERE sequence = 3");

            try (SqliteEventStore store = SqliteEventStore.openReadOnly(file)) {
                assertThat(Events.sequences(Events.all(store))).containsExactly(1L, 2L);
                assertThat(store.check().problems())
                        .extracting(LogProblem::sequence, LogProblem::kind)
                        .contains(tuple(3L, "missing"));
            }
        }

        @Test
        void a_torn_write_ahead_log_loses_the_torn_append_only() throws IOException {
            Path copy = folder.resolve("copy.db");
            try (SqliteEventStore store = SqliteEventStore.open(file)) {
                store.append(Append.of(Events.numbered(5, "round:1")));
                store.append(Append.of(Events.numbered(5, "round:2")));
                Files.copy(file, copy);
                Files.copy(folder.resolve("log.db-wal"), folder.resolve("copy.db-wal"));
            }
            try (RandomAccessFile wal =
                    new RandomAccessFile(folder.resolve("copy.db-wal").toFile(), "rw")) {
                wal.setLength(wal.length() - 2_000);
            }

            try (SqliteEventStore store = SqliteEventStore.open(copy)) {
                assertThat(store.info().head()).isEqualTo(5);
                assertThat(store.check().problems()).isEmpty();
                assertThat(store.append(Append.of(Events.numbered(1))).first()).isEqualTo(6);
            }
        }

        @Test
        void a_missing_write_ahead_log_leaves_a_whole_older_log() throws IOException {
            writeEvents(5);
            Path copy = folder.resolve("copy.db");
            try (SqliteEventStore store = SqliteEventStore.open(file)) {
                store.append(Append.of(Events.numbered(5)));
                Files.copy(file, copy);
            }

            try (SqliteEventStore store = SqliteEventStore.open(copy)) {
                assertThat(store.info().head()).isEqualTo(5);
                assertThat(store.check().problems()).isEmpty();
            }
        }
    }

    @Nested
    class What_is_new {

        @Test
        void an_empty_file_becomes_a_log() throws IOException {
            Files.createFile(file);

            writeEvents(1);

            assertThat(SqliteEventStore.openReadOnly(file).info().head()).isEqualTo(1);
        }

        @Test
        void an_abandoned_half_created_file_becomes_a_log() throws SQLException {
            ForeignConnection.run(file, "PRAGMA journal_mode = WAL");

            writeEvents(1);

            assertThat(SqliteEventStore.openReadOnly(file).info().head()).isEqualTo(1);
        }

        @Test
        void odd_characters_in_the_path_are_fine() throws IOException {
            Path odd = Files.createDirectory(folder.resolve("a b?c#d%20é&mode=ro"));

            try (SqliteEventStore store = SqliteEventStore.open(odd.resolve("x?mode=ro.db"))) {
                Events.append(store, Events.event("kept"));
            }

            assertThat(odd.resolve("x?mode=ro.db")).exists();
        }

        @Test
        void a_link_and_the_file_itself_are_one_log() throws IOException {
            writeEvents(1);
            Path link = Files.createSymbolicLink(folder.resolve("link.db"), file);

            try (SqliteEventStore one = SqliteEventStore.open(file);
                    SqliteEventStore other = SqliteEventStore.open(link)) {
                Events.append(one, Events.event("a"));
                Events.append(other, Events.event("b"));
                assertThat(one.info()).isEqualTo(other.info());
            }
        }
    }

    @Nested
    class What_is_busy_or_full {

        @Test
        void a_log_opens_while_another_store_appends_to_it() throws Exception {
            AtomicBoolean enough = new AtomicBoolean();
            SqliteOptions quick = SqliteOptions.defaults().withDurability(Durability.NORMAL);
            try (SqliteEventStore writer = SqliteEventStore.open(file, quick)) {
                Thread appending = new Thread(() -> {
                    while (!enough.get()) {
                        Events.append(writer, Events.event("created"));
                    }
                });
                appending.start();
                try {
                    for (int i = 0; i < 300; i++) {
                        SqliteEventStore.open(file, quick).close();
                    }
                } finally {
                    enough.set(true);
                    appending.join();
                }
            }
        }

        @Test
        void a_locked_log_is_unavailable_and_stores_nothing_until_it_is_free() throws SQLException {
            try (SqliteEventStore store = SqliteEventStore.open(file, IMPATIENT);
                    ForeignConnection other = ForeignConnection.to(file)) {
                other.run("BEGIN IMMEDIATE");

                assertThatThrownBy(() -> Events.append(store, Events.event("late")))
                        .isInstanceOf(StoreUnavailable.class)
                        .hasMessageContaining("busy for 150 ms")
                        .hasMessageContaining("withBusyTimeout");
                other.run("ROLLBACK");
                Events.append(store, Events.event("free"));

                assertThat(Events.all(store)).hasSize(1);
            }
        }

        @Test
        void a_full_disk_stores_nothing_and_the_store_stays_usable() {
            try (SqliteEventStore store = SqliteEventStore.open(file)) {
                Events.append(store, Events.event("before"));
                long pages = store.write(session -> session.number("PRAGMA page_count"));
                limitPages(store, pages + 2);

                assertThatThrownBy(() -> store.append(Append.of(Events.numbered(2_000, "bead:1"))))
                        .isInstanceOf(StoreUnavailable.class)
                        .hasMessageContaining("disk is full");
                assertThat(store.info().head()).isEqualTo(1);
                limitPages(store, 1_000_000);
                store.append(Append.of(Events.numbered(2_000, "bead:1")));

                assertThat(store.info().head()).isEqualTo(2_001);
                assertThat(store.check().problems()).isEmpty();
            }
        }

        // The driver gives up a prepared statement that failed: after a failing disk, COMMIT was never possible again.
        @Test
        void a_commit_that_failed_leaves_the_store_usable() {
            try (SqliteEventStore store = SqliteEventStore.open(file)) {
                Events.append(store, Events.event("before"));

                assertThatThrownBy(() -> store.write(session -> session.run("COMMIT")))
                        .isInstanceOf(EventStoreException.class);
                Events.append(store, Events.event("after"));

                assertThat(store.info().head()).isEqualTo(2);
                assertThat(store.check().problems()).isEmpty();
            }
        }

        @Test
        void a_file_that_was_replaced_is_noticed_when_the_connection_is_opened_again() throws IOException {
            Path other = folder.resolve("other.db");
            SqliteEventStore.open(other).close();
            try (SqliteEventStore store = SqliteEventStore.open(file)) {
                Events.append(store, Events.event("before"));
                assertThatThrownBy(() -> store.write(session -> session.run("COMMIT")))
                        .isInstanceOf(EventStoreException.class);
                for (String sidecar : List.of("log.db-wal", "log.db-shm")) {
                    Files.deleteIfExists(folder.resolve(sidecar));
                }
                Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);

                assertThatThrownBy(() -> Events.append(store, Events.event("after")))
                        .isInstanceOf(LogCorrupt.class)
                        .hasMessageContaining("was replaced while it was open");
            }
        }

        private void limitPages(SqliteEventStore store, long pages) {
            store.write(session -> {
                session.set("max_page_count = " + pages);
                return true;
            });
        }
    }

    @Nested
    class Connections {

        // A town of a thousand rigs is mostly read: each connection more is 200 MB.
        @Test
        void of_a_store_that_only_reads_are_one() {
            writeEvents(3);
            try (SqliteEventStore store = SqliteEventStore.open(file)) {
                Events.all(store);
                store.check();
                assertThat(store.info().head()).isEqualTo(3);

                assertThat(store.connections()).isEqualTo(1);
                Events.append(store, Events.event("first"));
                assertThat(store.connections()).isEqualTo(2);
            }
        }

        @Test
        void that_are_opened_after_the_file_was_replaced_notice_it() throws IOException {
            Path other = folder.resolve("other.db");
            SqliteEventStore.open(other).close();
            try (SqliteEventStore store = SqliteEventStore.open(file)) {
                for (String sidecar : List.of("log.db-wal", "log.db-shm")) {
                    Files.deleteIfExists(folder.resolve(sidecar));
                }
                Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);

                assertThatThrownBy(() -> Events.append(store, Events.event("first")))
                        .isInstanceOf(LogCorrupt.class)
                        .hasMessageContaining("was replaced while it was open");
            }
        }
    }

    @Nested
    class Read_only {

        @Test
        void a_reader_notices_another_log_in_the_place_of_the_one_it_opened() throws IOException {
            Path other = folder.resolve("other.db");
            try (SqliteEventStore store = SqliteEventStore.open(file);
                    SqliteEventStore restored = SqliteEventStore.open(other)) {
                Events.append(store, Events.event("created"));
                Events.append(restored, Events.event("created"), Events.event("closed"));
            }
            try (SqliteEventStore reader = SqliteEventStore.openReadOnly(file)) {
                Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);

                assertThatThrownBy(reader::info).isInstanceOf(LogCorrupt.class).hasMessageContaining("was replaced");
            }
        }

        @Test
        void nothing_is_created_or_changed() throws IOException {
            writeEvents(3);
            Files.deleteIfExists(folder.resolve("log.db-turn"));
            byte[] before = Files.readAllBytes(file);

            try (SqliteEventStore store = SqliteEventStore.openReadOnly(file)) {
                assertThat(Events.all(store)).hasSize(3);
                assertThat(store.check().ok()).isTrue();
                assertThat(filesInFolder()).containsExactly("log.db");
            }

            assertThat(filesInFolder()).containsExactly("log.db");
            assertThat(Files.readAllBytes(file)).isEqualTo(before);
        }

        @Test
        void an_append_is_refused_in_clear_words() {
            writeEvents(1);

            try (SqliteEventStore store = SqliteEventStore.openReadOnly(file)) {
                assertThatThrownBy(() -> Events.append(store, Events.event("late")))
                        .isInstanceOf(StoreUnavailable.class)
                        .hasMessageContaining("opened to read only");
            }
        }

        @Test
        void a_missing_file_is_not_created() {
            assertThatThrownBy(() -> SqliteEventStore.openReadOnly(file))
                    .isInstanceOf(StoreUnavailable.class)
                    .hasMessageContaining("does not exist");
            assertThat(file).doesNotExist();
        }

        @Test
        void it_sees_what_a_writer_appends_later() throws Exception {
            writeEvents(1);

            try (SqliteEventStore reader = SqliteEventStore.openReadOnly(file)) {
                assertThat(reader.info().head()).isEqualTo(1);
                try (SqliteEventStore writer = SqliteEventStore.open(file)) {
                    Events.append(writer, Events.event("second"));
                    assertThat(Events.all(reader)).hasSize(2);
                    Events.append(writer, Events.event("third"));
                    assertThat(reader.awaitAfter(2, Duration.ofSeconds(60))).isTrue();
                }
                writeEvents(1);
                assertThat(Events.all(reader)).hasSize(4);
            }
        }

        @Test
        void a_write_ahead_log_left_by_a_crash_is_read_and_left_as_it_is() throws IOException {
            Path copy = folder.resolve("copy.db");
            try (SqliteEventStore store = SqliteEventStore.open(file)) {
                store.append(Append.of(Events.numbered(5)));
                Files.copy(file, copy);
                Files.copy(folder.resolve("log.db-wal"), folder.resolve("copy.db-wal"));
            }

            byte[] before = Files.readAllBytes(folder.resolve("copy.db-wal"));

            try (SqliteEventStore store = SqliteEventStore.openReadOnly(copy)) {
                assertThat(Events.all(store)).hasSize(5);
            }

            assertThat(Files.readAllBytes(folder.resolve("copy.db-wal"))).isEqualTo(before);
        }
    }
}
