package dev.recount.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.recount.store.EventStore;
import dev.recount.store.LogCorrupt;
import dev.recount.store.StoreClosed;
import dev.recount.store.StoreUnavailable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SqliteTownTest {

    private static final SqliteOptions QUICK = SqliteOptions.defaults().withDurability(Durability.NORMAL);

    @TempDir
    Path folder;

    private SqliteTown town;

    @BeforeEach
    void open() {
        town = SqliteTown.open(folder, QUICK);
    }

    @AfterEach
    void close() {
        town.close();
    }

    @Test
    void closes_its_files_also_where_its_directory_is_gone() throws IOException {
        Events.append(town.rig("gastown"), Events.event("created"));
        Files.move(folder, folder.resolveSibling(folder.getFileName() + "-moved"));

        town.close();

        assertThat(town.openRigs()).isZero();
        Files.move(folder.resolveSibling(folder.getFileName() + "-moved"), folder);
    }

    @Test
    void a_rig_whose_file_was_replaced_while_it_was_closed_is_noticed() throws IOException {
        try (SqliteTown small = SqliteTown.open(folder, QUICK.withMaxOpenRigs(1))) {
            EventStore rig = small.rig("gastown");
            Events.append(rig, Events.event("created"));
            Events.append(small.rig("restored"), Events.event("created"), Events.event("closed"));
            small.rig("other").info();
            Files.move(
                    folder.resolve("restored.db"), folder.resolve("gastown.db"), StandardCopyOption.REPLACE_EXISTING);

            assertThatThrownBy(rig::info).isInstanceOf(LogCorrupt.class).hasMessageContaining("was replaced");
            assertThat(small.rig("gastown").info().head()).isEqualTo(2);
        }
    }

    @Nested
    class Rigs {

        @Test
        void are_the_log_files_of_the_directory_by_name() throws IOException {
            Events.append(town.rig("gastown"), Events.event("created"));
            Events.append(town.rig("beads"), Events.event("created"));
            Files.writeString(folder.resolve("notes.txt"), "no rig");
            Files.createDirectory(folder.resolve("folder.db"));

            assertThat(town.rigs()).containsExactly("beads", "gastown");
            assertThat(town.existingRig("beads")).isPresent();
            assertThat(town.existingRig("nowhere")).isEmpty();
            assertThat(town.existingRig("../beads")).isEmpty();
            assertThat(folder.resolve("nowhere.db")).doesNotExist();
        }

        @Test
        void do_not_see_each_others_events() {
            Events.append(town.rig("one"), Events.event("created", "bead:1"));

            assertThat(Events.all(town.rig("other"))).isEmpty();
            assertThat(town.rig("one").info().logId())
                    .isNotEqualTo(town.rig("other").info().logId());
        }

        @ParameterizedTest
        @ValueSource(strings = {"", ".", "..", ".hidden", "a/b", "../a", "a\\b", "a b", "a\u0000b", "ä", "a:b"})
        void with_names_that_are_no_file_names_are_refused(String name) {
            assertThatThrownBy(() -> town.rig(name))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("Rig name '" + name + "'");
        }

        @Test
        void that_differ_in_case_only_are_refused() {
            town.rig("Gastown");

            assertThatThrownBy(() -> town.rig("gastown"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("'Gastown'");
        }

        @Test
        void that_cannot_be_read_harm_no_other() throws IOException {
            Files.writeString(folder.resolve("broken.db"), "not a database at all, but long enough".repeat(30));

            Events.append(town.rig("whole"), Events.event("created"));

            assertThatThrownBy(() -> town.rig("broken").info())
                    .isInstanceOf(LogCorrupt.class)
                    .hasMessageContaining("broken.db");
            assertThat(town.rig("whole").info().head()).isEqualTo(1);
        }
    }

    @Nested
    class Handles {

        @Test
        void a_thousand_rigs_are_used_with_64_open_at_most() {
            List<EventStore> rigs = new ArrayList<>();
            for (int i = 0; i < 1_000; i++) {
                rigs.add(town.rig("rig" + i));
                assertThat(town.openRigs()).isLessThanOrEqualTo(64);
            }

            for (int i = 0; i < 1_000; i++) {
                Events.append(rigs.get(i), Events.event("created", "rig:" + i));
                assertThat(town.openRigs()).isLessThanOrEqualTo(64);
            }

            assertThat(town.rigs()).hasSize(1_000);
            for (int i = 0; i < 1_000; i += 37) {
                assertThat(Events.all(rigs.get(i)).get(0).tags().value("rig")).contains("" + i);
            }
        }

        @Test
        void threads_on_more_rigs_than_may_be_open_all_get_their_turn() throws Exception {
            try (SqliteTown small =
                    SqliteTown.open(folder, QUICK.withMaxOpenRigs(2).withBusyTimeout(Duration.ofMinutes(1)))) {
                ExecutorService threads = Executors.newFixedThreadPool(8);
                List<Future<?>> all = new ArrayList<>();
                for (int i = 0; i < 8; i++) {
                    EventStore rig = small.rig("rig" + i);
                    all.add(threads.submit(() -> {
                        for (int round = 0; round < 20; round++) {
                            Events.append(rig, Events.event("created"));
                        }
                    }));
                }
                for (Future<?> one : all) {
                    one.get(60, TimeUnit.SECONDS);
                }
                threads.shutdown();

                assertThat(small.openRigs()).isLessThanOrEqualTo(2);
                assertThat(small.rig("rig7").info().head()).isEqualTo(20);
            }
        }
    }

    @Nested
    class Waiting_for_a_rig {

        @Test
        void needs_no_open_handle_and_is_woken_by_an_append() throws Exception {
            try (SqliteTown small = SqliteTown.open(folder, QUICK.withMaxOpenRigs(1))) {
                EventStore quiet = small.rig("quiet");
                ExecutorService threads = Executors.newSingleThreadExecutor();
                Future<Boolean> waiting = threads.submit(() -> quiet.awaitAfter(0, Duration.ofMinutes(2)));

                Events.append(small.rig("busy"), Events.event("created"));
                Events.append(small.rig("quiet"), Events.event("created"));

                assertThat(waiting.get(60, TimeUnit.SECONDS)).isTrue();
                threads.shutdown();
            }
        }

        @Test
        void ends_when_the_time_is_over() throws Exception {
            assertThat(town.rig("quiet").awaitAfter(0, Duration.ofMillis(20))).isFalse();
        }

        @Test
        void ends_when_the_town_is_closed() throws Exception {
            EventStore quiet = town.rig("quiet");
            ExecutorService threads = Executors.newSingleThreadExecutor();
            Future<Boolean> waiting = threads.submit(() -> quiet.awaitAfter(0, Duration.ofMinutes(2)));

            town.close();

            assertThatThrownBy(() -> waiting.get(60, TimeUnit.SECONDS)).hasCauseInstanceOf(StoreClosed.class);
            threads.shutdown();
        }
    }

    @Nested
    class Closing {

        @Test
        void closes_every_rig_and_a_second_time_does_nothing() {
            EventStore rig = town.rig("gastown");

            town.close();
            town.close();

            assertThatThrownBy(rig::info).isInstanceOf(StoreClosed.class);
            assertThatThrownBy(() -> town.rig("other")).isInstanceOf(StoreClosed.class);
        }

        @Test
        void one_store_of_a_rig_leaves_the_others_open() {
            EventStore one = town.rig("gastown");
            EventStore other = town.rig("gastown");

            one.close();

            assertThatThrownBy(one::info).isInstanceOf(StoreClosed.class);
            assertThat(other.info().head()).isZero();
        }

        @Test
        void a_directory_that_does_not_exist_is_no_town() {
            assertThatThrownBy(() -> SqliteTown.open(folder.resolve("nowhere")))
                    .isInstanceOf(StoreUnavailable.class)
                    .hasMessageContaining("not a directory");
        }
    }
}
