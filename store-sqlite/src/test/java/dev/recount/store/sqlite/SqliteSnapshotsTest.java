package dev.recount.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.recount.snapshot.Snapshot;
import dev.recount.snapshot.SnapshotKey;
import dev.recount.store.StoreUnavailable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SqliteSnapshotsTest {

    private static final SnapshotKey KEY = new SnapshotKey("log-a", "seat", 1, "decision []");

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void a_path() {
        file = folder.resolve("snapshots.db");
    }

    @Test
    void a_log_is_refused_and_left_alone() throws IOException {
        SqliteEventStore.open(file).close();
        byte[] before = Files.readAllBytes(file);

        assertThatThrownBy(() -> SqliteSnapshots.open(file))
                .isInstanceOf(StoreUnavailable.class)
                .hasMessageContaining("is a SQLite database of something else: its application id is 1382248052")
                .hasMessageContaining("It is left alone")
                .hasMessageNotContaining("delete");
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
    }

    @Test
    void a_log_is_not_opened_in_the_place_of_snapshots() {
        SqliteSnapshots.open(file).close();

        assertThatThrownBy(() -> SqliteEventStore.open(file)).hasMessageContaining("not a log");
    }

    @Test
    void a_text_file_is_refused_and_left_alone() throws IOException {
        Files.writeString(file, "These are notes, not a database. ".repeat(100));
        byte[] before = Files.readAllBytes(file);

        assertThatThrownBy(() -> SqliteSnapshots.open(file))
                .isInstanceOf(StoreUnavailable.class)
                .hasMessageContaining("not a database")
                .hasMessageContaining("If it holds snapshots and is damaged, delete it");
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
    }

    @Test
    void a_damaged_file_says_at_open_that_it_may_be_deleted() throws IOException {
        save(new Snapshot(KEY, 1, 1, "f", "state ".repeat(10_000)));
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
            bytes.seek(100);
            bytes.write(new byte[20_000]);
        }

        assertThatThrownBy(() -> SqliteSnapshots.open(file))
                .isInstanceOf(StoreUnavailable.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("delete it: they are taken again");
    }

    @Test
    void another_format_may_be_deleted() throws SQLException {
        SqliteSnapshots.open(file).close();
        ForeignConnection.run(file, "PRAGMA user_version = 7");

        assertThatThrownBy(() -> SqliteSnapshots.open(file))
                .isInstanceOf(StoreUnavailable.class)
                .hasMessageContaining("has format 7, and this release knows format 1. It may be deleted");
    }

    @Test
    void a_missing_folder_is_a_clear_error() {
        assertThatThrownBy(() -> SqliteSnapshots.open(folder.resolve("nowhere/snapshots.db")))
                .isInstanceOf(StoreUnavailable.class)
                .hasMessageContaining("nowhere/snapshots.db cannot be used")
                .hasMessageContaining("Check the path");
    }

    @Test
    void a_deleted_file_begins_anew() throws IOException {
        save(new Snapshot(KEY, 1, 1, "f", "s"));
        Files.delete(file);

        try (SqliteSnapshots snapshots = SqliteSnapshots.open(file)) {
            assertThat(snapshots.newest(KEY)).isEmpty();
        }
    }

    @Test
    void use_after_close_is_an_error_and_closing_again_is_none() {
        SqliteSnapshots snapshots = SqliteSnapshots.open(file);
        snapshots.close();
        snapshots.close();

        Snapshot snapshot = new Snapshot(KEY, 1, 1, "f", "s");
        assertThatIllegalStateException()
                .isThrownBy(() -> snapshots.newest(KEY))
                .withMessage("Snapshot file " + file + " is closed. Open it again to go on.");
        assertThatIllegalStateException().isThrownBy(() -> snapshots.save(snapshot));
        assertThatIllegalStateException().isThrownBy(() -> snapshots.remove(snapshot));
    }

    @Test
    void large_states_that_replace_each_other_do_not_pile_up() throws IOException {
        String large = "state".repeat(1_000_000);
        try (SqliteSnapshots snapshots = SqliteSnapshots.open(file)) {
            for (int sequence = 1; sequence <= 10; sequence++) {
                snapshots.save(new Snapshot(KEY, sequence, 1, "f", large));
            }
        }

        assertThat(Files.size(file)).isLessThan(4L * large.length());
    }

    @Test
    void a_look_up_does_not_wait_for_another_programs_transaction() throws SQLException {
        save(new Snapshot(KEY, 1, 1, "f", "s"));

        try (SqliteSnapshots snapshots = SqliteSnapshots.open(file);
                Session writing = Session.open(file, "?mode=rw", 0)) {
            writing.run("BEGIN IMMEDIATE");
            writing.run("UPDATE recount_snapshots SET state = 'halfway'");

            assertThat(snapshots.newest(KEY)).get().extracting(Snapshot::state).isEqualTo("s");
        }
    }

    @Test
    void several_processes_may_create_and_write_one_file_at_once() throws Exception {
        List<Child> children = new ArrayList<>();
        for (int child = 0; child < 3; child++) {
            children.add(Child.start("snapshots", file, child));
        }
        try {
            for (Child child : children) {
                assertThat(child.readLine()).isEqualTo("ready");
            }
            for (Child child : children) {
                child.go();
            }
            for (Child child : children) {
                assertThat(child.rest()).containsExactly("saved 50");
            }
        } finally {
            children.forEach(Child::close);
        }

        try (SqliteSnapshots snapshots = SqliteSnapshots.open(file)) {
            assertThat(snapshots.newest(KEY))
                    .get()
                    .extracting(Snapshot::sequence)
                    .isEqualTo(50L);
        }
    }

    private void save(Snapshot snapshot) {
        try (SqliteSnapshots snapshots = SqliteSnapshots.open(file)) {
            snapshots.save(snapshot);
        }
    }
}
