package dev.recount.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.recount.store.EventStore;
import dev.recount.store.LogCorrupt;
import dev.recount.store.Query;
import dev.recount.store.StoreUnavailable;
import dev.recount.town.RigEvent;
import dev.recount.town.TownCursor;
import dev.recount.town.TownPage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A file that is removed, moved or replaced while it is open. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "No open file can be removed or replaced there.")
class MovedFileTest {

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final SqliteOptions QUICK = SqliteOptions.defaults().withDurability(Durability.NORMAL);

    @TempDir
    Path folder;

    private Path other;

    @BeforeEach
    void writeAnother() throws IOException {
        other = Files.createDirectory(folder.resolve("elsewhere")).resolve("other.db");
        try (SqliteEventStore store = SqliteEventStore.open(other, QUICK)) {
            Events.append(store, Events.event("other"), Events.event("another"));
        }
    }

    private void remove(String name) throws IOException {
        for (String suffix : List.of("", "-wal", "-shm", "-turn")) {
            Files.deleteIfExists(folder.resolve(name + suffix));
        }
    }

    private void replace(String name) throws IOException {
        remove(name);
        Files.copy(other, folder.resolve(name));
    }

    @Nested
    class Of_a_store {

        private SqliteEventStore open() {
            SqliteEventStore store = SqliteEventStore.open(folder.resolve("log.db"), QUICK);
            Events.append(store, Events.event("first"));
            return store;
        }

        @Test
        void that_was_removed_takes_no_append_that_would_be_lost() throws IOException {
            try (SqliteEventStore store = open()) {
                remove("log.db");

                assertThatThrownBy(() -> Events.append(store, Events.event("lost")))
                        .isInstanceOf(StoreUnavailable.class)
                        .hasMessageContaining("log.db cannot be reached any more")
                        .hasMessageContaining("put it back");
                assertThatThrownBy(store::info).isInstanceOf(StoreUnavailable.class);
                assertThat(Events.all(store)).hasSize(1);
            }
            assertThat(folder.resolve("log.db")).doesNotExist();
        }

        @Test
        void that_was_replaced_takes_none_either_and_the_new_one_stays_as_it_is() throws IOException {
            try (SqliteEventStore store = open()) {
                replace("log.db");

                assertThatThrownBy(() -> Events.append(store, Events.event("lost")))
                        .isInstanceOf(LogCorrupt.class)
                        .hasMessageContaining("was replaced while it was open")
                        .hasMessageContaining("Close the store and open it again.");
                assertThatThrownBy(store::info).isInstanceOf(LogCorrupt.class);
            }
            assertThat(folder.resolve("log.db")).hasSameBinaryContentAs(other);
        }

        @Test
        void that_is_back_goes_on() throws IOException {
            try (SqliteEventStore store = open()) {
                Files.move(folder.resolve("log.db"), folder.resolve("aside"));
                assertThatThrownBy(() -> Events.append(store, Events.event("refused")))
                        .isInstanceOf(StoreUnavailable.class);
                Files.move(folder.resolve("aside"), folder.resolve("log.db"));

                Events.append(store, Events.event("second"));

                assertThat(store.info().head()).isEqualTo(2);
                assertThat(store.check().problems()).isEmpty();
            }
        }

        @Test
        void that_was_removed_is_told_to_who_waits() throws IOException {
            try (SqliteEventStore store = open()) {
                remove("log.db");

                assertThatThrownBy(() -> store.awaitAfter(1, LONG))
                        .isInstanceOf(StoreUnavailable.class)
                        .hasMessageContaining("cannot be reached any more");
            }
        }
    }

    @Nested
    class Of_a_town {

        private List<String> types(TownPage page) {
            return page.events().stream()
                    .map((RigEvent found) -> found.rig() + " " + found.event().type())
                    .toList();
        }

        private TownPage read(SqliteTown town) {
            return town.read(TownCursor.start(), Query.all(), 10);
        }

        private SqliteTown open() {
            SqliteTown town = SqliteTown.open(folder, QUICK);
            Events.append(town.rig("x"), Events.event("first"));
            Events.append(town.rig("y"), Events.event("first"));
            assertThat(types(read(town))).containsExactly("x first", "y first");
            return town;
        }

        @Test
        void that_was_replaced_is_read_from_the_new_file_and_refused_to_who_had_the_old_one() throws Exception {
            try (SqliteTown town = open()) {
                EventStore before = town.rig("x");
                TownCursor cursor = read(town).next();
                before.info();
                replace("x.db");

                TownPage page = town.read(cursor, Query.all(), 10);
                assertThat(page.broken().get("x")).hasMessageContaining("is another than the cursor's");
                assertThat(types(read(town))).containsExactlyInAnyOrder("x other", "x another", "y first");
                assertThatThrownBy(() -> Events.append(before, Events.event("lost")))
                        .isInstanceOf(LogCorrupt.class)
                        .hasMessageContaining("was replaced while it was open");
                Events.append(town.rig("x"), Events.event("kept"));
            }
            try (SqliteEventStore store = SqliteEventStore.open(folder.resolve("x.db"))) {
                assertThat(store.info().head()).isEqualTo(3);
                assertThat(store.check().problems()).isEmpty();
            }
        }

        @Test
        void that_was_removed_is_in_no_page_takes_no_append_and_is_not_created_anew() throws Exception {
            try (SqliteTown town = open()) {
                EventStore before = town.rig("y");
                remove("y.db");

                assertThat(types(read(town))).containsExactly("x first");
                assertThatThrownBy(() -> Events.append(before, Events.event("lost")))
                        .isInstanceOf(StoreUnavailable.class)
                        .hasMessageContaining("y.db cannot be reached any more");
                assertThatThrownBy(() -> Events.append(town.rig("y"), Events.event("lost")))
                        .isInstanceOf(StoreUnavailable.class);
                assertThat(town.rigs()).containsExactly("x");
            }
            assertThat(folder.resolve("y.db")).doesNotExist();
        }

        @Test
        void that_was_removed_while_it_was_closed_is_not_created_anew_either() throws Exception {
            try (SqliteTown town = SqliteTown.open(folder, QUICK.withMaxOpenRigs(1))) {
                EventStore before = town.rig("y");
                town.rig("x").info();
                remove("y.db");

                assertThatThrownBy(() -> Events.append(before, Events.event("lost")))
                        .isInstanceOf(StoreUnavailable.class);
            }
            assertThat(folder.resolve("y.db")).doesNotExist();
        }

        @Test
        void that_was_replaced_beside_its_write_ahead_log_is_not_mixed_with_it() throws Exception {
            try (SqliteTown town = open()) {
                Files.delete(folder.resolve("x.db"));
                Files.copy(other, folder.resolve("x.db"));

                assertThat(read(town).broken().get("x"))
                        .isInstanceOf(LogCorrupt.class)
                        .hasMessageContaining("Remove x.db-wal and x.db-shm");
                assertThatThrownBy(() -> Events.append(town.rig("x"), Events.event("lost")))
                        .isInstanceOf(LogCorrupt.class);
                assertThat(folder.resolve("x.db")).hasSameBinaryContentAs(other);

                Files.delete(folder.resolve("x.db-wal"));
                Files.delete(folder.resolve("x.db-shm"));
                assertThat(types(read(town))).containsExactlyInAnyOrder("x other", "x another", "y first");
            }
        }

        @Test
        void that_is_in_use_is_replaced_when_it_is_not() throws Exception {
            OpenRigs rigs = new OpenRigs(folder, QUICK, Tuning.DEFAULT);
            rigs.create("x");
            try {
                rigs.with("x", store -> {
                    String id = store.logId();
                    replaceUnchecked("x.db");
                    assertThatThrownBy(() -> rigs.with("x", SqliteEventStore::info))
                            .isInstanceOf(StoreUnavailable.class)
                            .hasMessageContaining("x.db was replaced while it was in use. Try again.");
                    return id;
                });

                assertThat(rigs.with("x", SqliteEventStore::info).head()).isEqualTo(2);
            } finally {
                rigs.close();
            }
        }

        private void replaceUnchecked(String name) {
            try {
                replace(name);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Test
        void that_was_removed_is_told_to_who_waits_for_the_rig() throws Exception {
            try (SqliteTown town = open()) {
                EventStore rig = town.rig("x");
                remove("x.db");

                assertThatThrownBy(() -> rig.awaitAfter(1, LONG)).isInstanceOf(StoreUnavailable.class);
            }
        }
    }
}
