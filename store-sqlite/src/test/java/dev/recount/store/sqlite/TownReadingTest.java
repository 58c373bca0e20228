package dev.recount.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.recount.event.StoredEvent;
import dev.recount.store.EventStore;
import dev.recount.store.LogCorrupt;
import dev.recount.store.Query;
import dev.recount.store.StoreClosed;
import dev.recount.town.RigEvent;
import dev.recount.town.TownCursor;
import dev.recount.town.TownPage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@Timeout(300)
class TownReadingTest {

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Duration SHORT = Duration.ofMillis(20);

    @TempDir
    Path folder;

    private volatile Instant now = Instant.parse("2026-03-03T10:00:00Z");
    private final SqliteOptions options =
            SqliteOptions.defaults().withDurability(Durability.NORMAL).withClock(() -> now);
    private SqliteTown town;

    @BeforeEach
    void open() {
        town = SqliteTown.open(folder, options);
    }

    @AfterEach
    void close() {
        town.close();
    }

    private void appendAt(int second, String rig, String type, String... tags) {
        now = Instant.parse("2026-03-03T10:00:00Z").plusSeconds(second);
        Events.append(town.rig(rig), Events.event(type, tags));
    }

    private static List<String> types(TownPage page) {
        return page.events().stream()
                .map(found -> found.rig() + " " + found.event().type())
                .toList();
    }

    private List<RigEvent> readAll(TownCursor from, Query query, int limit) {
        List<RigEvent> all = new ArrayList<>();
        TownPage page = town.read(from, query, limit);
        all.addAll(page.events());
        while (!page.complete()) {
            assertThat(page.events()).hasSize(limit);
            page = town.read(page.next(), query, limit);
            all.addAll(page.events());
        }
        return all;
    }

    private void appendAtRandom(Random random, int rigs, int events) {
        for (int i = 0; i < events; i++) {
            String bead = "bead:" + random.nextInt(4);
            appendAt(i / 3, "rig" + random.nextInt(rigs), "type" + random.nextInt(3), bead);
        }
    }

    private void putTextInTheWay(String rig) throws IOException {
        Files.writeString(folder.resolve(rig + ".db"), "not a database at all, but long enough".repeat(30));
    }

    @Nested
    class Newest {

        @Test
        void events_come_newest_first_and_of_equal_times_by_rig() {
            appendAt(1, "b", "first");
            appendAt(2, "a", "second");
            appendAt(3, "c", "third");
            appendAt(3, "b", "third");
            Events.append(town.rig("b"), Events.event("fourth"));

            assertThat(types(town.newest(Query.all(), 4)))
                    .containsExactly("b fourth", "b third", "c third", "a second");
            assertThat(town.newest(Query.all(), 4).complete()).isFalse();
            assertThat(types(town.newest(Query.all(), 50))).hasSize(5).endsWith("b first");
            assertThat(town.newest(Query.all(), 5).complete()).isTrue();
        }

        @ParameterizedTest
        @ValueSource(ints = {1, 7, 100, 400})
        void events_are_those_of_a_sort_by_time(int limit) {
            long seed = System.nanoTime();
            appendAtRandom(new Random(seed), 7, 300);
            for (Query query : List.of(Query.all(), Query.tagged("bead", "2"), Query.ofTypes("type1"))) {
                List<RigEvent> wanted = new ArrayList<>(readAll(TownCursor.start(), query, 50));
                wanted.sort(
                        Comparator.comparing((RigEvent found) -> found.event().storedAt())
                                .reversed()
                                .thenComparing(RigEvent::rig)
                                .thenComparing(found -> -found.event().sequence()));

                assertThat(town.newest(query, limit).events())
                        .as("seed %d, %s", seed, query)
                        .isEqualTo(wanted.subList(0, Math.min(limit, wanted.size())));
            }
        }

        @Test
        void events_are_where_a_tail_goes_on() throws Exception {
            appendAt(1, "a", "old");
            appendAt(2, "b", "old", "bead:1");
            TownPage newest = town.newest(Query.tagged("bead", "1"), 10);

            assertThat(town.awaitAfter(newest.next(), SHORT)).isFalse();
            appendAt(3, "a", "new");

            assertThat(town.awaitAfter(newest.next(), LONG)).isTrue();
            assertThat(types(town.read(newest.next(), Query.all(), 10))).containsExactly("a new");
        }

        @Test
        void a_file_that_is_no_log_yet_is_read_from_its_start_once_it_is() throws Exception {
            appendAt(1, "a", "old");
            Files.createFile(folder.resolve("b.db"));
            TownPage newest = town.newest(Query.all(), 10);

            assertThat(town.chainsAt(Map.of("a", List.of(1L), "b", List.of(0L))))
                    .containsOnlyKeys("a");
            assertThat(folder.resolve("b.db")).isEmptyFile();
            appendAt(2, "b", "new");

            TownPage page = town.read(newest.next(), Query.all(), 10);
            assertThat(page.broken()).isEmpty();
            assertThat(types(page)).containsExactly("b new");
        }

        @Test
        void events_of_a_town_without_rigs_are_none() {
            TownPage page = town.newest(Query.all(), 10);

            assertThat(page.events()).isEmpty();
            assertThat(page.complete()).isTrue();
            assertThat(page.next()).isEqualTo(TownCursor.start());
        }

        @Test
        void events_below_one_are_refused() {
            assertThatThrownBy(() -> town.newest(Query.all(), 0)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> town.read(TownCursor.start(), Query.all(), 0))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Nested
    class Chains {

        @Test
        void are_those_of_the_rigs_at_their_heads_and_before() {
            for (int i = 1; i <= 3; i++) {
                appendAt(i, "a", "counted");
                appendAt(i, "b", "counted");
            }
            town.newest(Query.all(), 1);

            assertThat(chains(3L)).isEqualTo(chainsOfRigs(3L));
            assertThat(chains(2L, 3L)).isEqualTo(chainsOfRigs(2L, 3L));
            appendAt(4, "a", "counted");
            assertThat(chains(3L)).isEqualTo(chainsOfRigs(3L));
        }

        private Map<String, Map<Long, String>> chains(Long... sequences) {
            return town.chainsAt(Map.of("a", List.of(sequences), "b", List.of(sequences)));
        }

        private Map<String, Map<Long, String>> chainsOfRigs(Long... sequences) {
            return Map.of(
                    "a", town.rig("a").chainsAt(List.of(sequences)),
                    "b", town.rig("b").chainsAt(List.of(sequences)));
        }

        @Test
        void of_rigs_that_are_not_there_or_broken_or_shorter_are_none() throws Exception {
            appendAt(1, "a", "counted");
            putTextInTheWay("broken");

            assertThat(town.chainsAt(Map.of("a", List.of(2L), "broken", List.of(1L), "gone", List.of(1L))))
                    .isEmpty();
            assertThat(town.rigs()).containsExactly("a", "broken");
        }
    }

    @Nested
    class Merged {

        @ParameterizedTest
        @ValueSource(ints = {1, 2, 13, 299, 300, 301})
        void pages_of_any_size_give_every_event_once_in_order_of_time(int limit) {
            long seed = System.nanoTime();
            appendAtRandom(new Random(seed), 7, 300);

            List<RigEvent> all = readAll(TownCursor.start(), Query.all(), limit);

            List<RigEvent> sorted = new ArrayList<>(all);
            sorted.sort(Comparator.comparing((RigEvent found) -> found.event().storedAt())
                    .thenComparing(RigEvent::rig)
                    .thenComparing(found -> found.event().sequence()));
            assertThat(all)
                    .as("seed %d", seed)
                    .hasSize(300)
                    .doesNotHaveDuplicates()
                    .isEqualTo(sorted);
        }

        @Test
        void reading_goes_on_from_any_cursor() {
            long seed = System.nanoTime();
            appendAtRandom(new Random(seed), 5, 120);
            for (Query query :
                    List.of(Query.all(), Query.tagged("bead", "1").or(Query.ofTypes("type2")), Query.none())) {
                List<RigEvent> all = readAll(TownCursor.start(), query, 1_000);
                TownCursor cursor = TownCursor.start();
                for (int done = 0; done < all.size(); done++) {
                    assertThat(readAll(cursor, query, 50))
                            .as("seed %d, %s after %d", seed, query, done)
                            .isEqualTo(all.subList(done, all.size()));
                    cursor = town.read(cursor, query, 1).next();
                }
                assertThat(town.read(cursor, query, 1).events()).isEmpty();
            }
        }

        @Test
        void a_query_that_finds_nothing_gets_on_all_the_same() throws Exception {
            appendAt(1, "a", "created");
            appendAt(2, "b", "created");

            TownPage page = town.read(TownCursor.start(), Query.ofTypes("closed"), 10);

            assertThat(page.events()).isEmpty();
            assertThat(page.complete()).isTrue();
            assertThat(town.awaitAfter(page.next(), SHORT)).isFalse();
        }

        @Test
        void a_late_event_with_an_earlier_time_comes_in_the_next_page() {
            appendAt(5, "a", "on_time");
            TownPage page = town.read(TownCursor.start(), Query.all(), 10);
            appendAt(3, "b", "late");

            assertThat(types(town.read(page.next(), Query.all(), 10))).containsExactly("b late");
        }

        @Test
        void every_event_comes_once_while_rigs_grow_and_rigs_are_added() throws Exception {
            ExecutorService threads = Executors.newFixedThreadPool(4);
            List<Future<?>> writers = new ArrayList<>();
            for (int writer = 0; writer < 4; writer++) {
                int own = writer;
                writers.add(threads.submit(() -> {
                    Random random = new Random(own);
                    for (int i = 0; i < 150; i++) {
                        // Later rounds also write to rigs that were not there before.
                        Events.append(town.rig("rig" + random.nextInt(3 + i / 10)), Events.event("created"));
                    }
                }));
            }

            Map<String, List<Long>> seen = new HashMap<>();
            TownCursor cursor = TownCursor.start();
            for (int count = 0; count < 600; ) {
                assertThat(town.awaitAfter(cursor, LONG)).isTrue();
                TownPage page = town.read(cursor, Query.all(), 20);
                page.events()
                        .forEach(found -> seen.computeIfAbsent(found.rig(), rig -> new ArrayList<>())
                                .add(found.event().sequence()));
                count += page.events().size();
                cursor = page.next();
            }
            for (Future<?> writer : writers) {
                writer.get(60, TimeUnit.SECONDS);
            }
            threads.shutdown();

            assertThat(town.read(cursor, Query.all(), 20).events()).isEmpty();
            assertThat(seen.keySet()).containsExactlyInAnyOrderElementsOf(town.rigs());
            seen.forEach((rig, sequences) -> assertThat(sequences)
                    .as(rig)
                    .isEqualTo(
                            LongStream.rangeClosed(1, sequences.size()).boxed().toList()));
        }
    }

    @Nested
    class Broken {

        @Test
        void rigs_are_named_and_the_others_go_on() throws Exception {
            appendAt(1, "whole", "first");
            putTextInTheWay("broken");

            TownPage newest = town.newest(Query.all(), 10);
            TownPage page = town.read(TownCursor.start(), Query.all(), 10);

            assertThat(types(newest)).containsExactly("whole first");
            assertThat(newest.broken()).containsOnlyKeys("broken");
            assertThat(page.events()).isEqualTo(newest.events());
            assertThat(page.complete()).isTrue();
            assertThat(page.broken().get("broken"))
                    .isInstanceOf(LogCorrupt.class)
                    .hasMessageContaining("broken.db");
            assertThat(page.next().rigs()).containsOnlyKeys("whole");
            assertThat(town.awaitAfter(page.next(), SHORT)).isFalse();
            appendAt(2, "whole", "second");
            assertThat(town.awaitAfter(page.next(), LONG)).isTrue();
        }

        @Test
        void rigs_that_are_whole_again_go_on_where_they_were() throws Exception {
            try (SqliteTown small = SqliteTown.open(folder, options.withMaxOpenRigs(1))) {
                Events.append(small.rig("a"), Events.event("first"));
                TownCursor cursor =
                        small.read(TownCursor.start(), Query.all(), 10).next();
                Events.append(small.rig("a"), Events.event("second"));
                Events.append(small.rig("b"), Events.event("other"));
                Path aside = folder.resolve("aside");
                Files.move(folder.resolve("a.db"), aside);
                putTextInTheWay("a");

                TownPage page = small.read(cursor, Query.all(), 10);
                Files.move(aside, folder.resolve("a.db"), StandardCopyOption.REPLACE_EXISTING);

                assertThat(page.broken()).containsOnlyKeys("a");
                assertThat(types(page)).containsExactly("b other");
                assertThat(types(small.read(page.next(), Query.all(), 10))).containsExactly("a second");
            }
        }

        @Test
        void is_a_rig_whose_file_was_replaced_until_it_is_read_from_its_start() throws Exception {
            TownCursor cursor;
            try (SqliteTown small = SqliteTown.open(folder, options.withMaxOpenRigs(1))) {
                Events.append(small.rig("a"), Events.event("first"));
                Events.append(small.rig("b"), Events.event("restored"), Events.event("more"));
                small.rig("c").info();
                cursor = small.read(TownCursor.start(), Query.all(), 10).next();
                small.rig("c").info();
                Files.move(folder.resolve("b.db"), folder.resolve("a.db"), StandardCopyOption.REPLACE_EXISTING);

                TownPage page = small.read(cursor, Query.all(), 10);

                assertThat(page.events()).isEmpty();
                assertThat(page.broken()).containsOnlyKeys("a");
                assertThat(page.broken().get("a")).hasMessageContaining("is another than the cursor's");
                assertThat(page.next()).isEqualTo(cursor);
                assertThat(small.awaitAfter(cursor, SHORT)).isFalse();
                assertThat(types(small.read(cursor.without("a"), Query.all(), 10)))
                        .containsExactly("a restored", "a more");
            }
        }

        @Test
        void is_a_rig_that_was_restored_from_an_older_copy() throws Exception {
            Path copy = folder.resolve("copy");
            Events.append(town.rig("a"), Events.event("first"));
            town.close();
            Files.copy(folder.resolve("a.db"), copy);
            open();
            Events.append(town.rig("a"), Events.event("second"));
            TownCursor cursor = town.newest(Query.all(), 10).next();
            town.close();
            Files.move(copy, folder.resolve("a.db"), StandardCopyOption.REPLACE_EXISTING);
            open();

            TownPage page = town.read(cursor, Query.all(), 10);

            assertThat(page.broken().get("a")).hasMessageContaining("ends at 1, before the cursor's 2");
        }

        @Test
        void is_no_rig_that_was_removed() throws Exception {
            appendAt(1, "gone", "first");
            appendAt(2, "stays", "first");
            TownCursor cursor = town.newest(Query.all(), 10).next();
            town.close();
            Files.delete(folder.resolve("gone.db"));
            open();

            TownPage page = town.read(cursor, Query.all(), 10);

            assertThat(page.broken()).isEmpty();
            assertThat(page.next()).isEqualTo(cursor);
            assertThat(town.awaitAfter(cursor, SHORT)).isFalse();
            assertThat(folder.resolve("gone.db")).doesNotExist();
        }

        @Test
        void is_no_empty_file_and_it_stays_empty() throws Exception {
            Files.createFile(folder.resolve("empty.db"));

            TownPage page = town.read(TownCursor.start(), Query.all(), 10);

            assertThat(page.broken()).isEmpty();
            assertThat(town.awaitAfter(page.next(), SHORT)).isFalse();
            assertThat(folder.resolve("empty.db")).isEmptyFile();
        }
    }

    @Nested
    class A_thousand_rigs {

        @Test
        void are_read_and_waited_for_with_eight_open_at_most() throws Exception {
            for (int i = 0; i < 1_000; i++) {
                appendAt(i, "rig" + i, "created");
            }
            try (SqliteTown small = SqliteTown.open(folder, options.withMaxOpenRigs(8))) {
                TownPage newest = small.newest(Query.all(), 100);
                assertThat(newest.events()).hasSize(100);
                assertThat(newest.events().get(99).rig()).isEqualTo("rig900");
                assertThat(small.openRigs()).isLessThanOrEqualTo(8);

                TownPage all = small.read(TownCursor.start(), Query.all(), 2_000);
                assertThat(all.events()).hasSize(1_000);
                assertThat(all.complete()).isTrue();
                assertThat(small.awaitAfter(all.next(), SHORT)).isFalse();
                Events.append(small.rig("rig417"), Events.event("closed"));

                assertThat(small.awaitAfter(all.next(), LONG)).isTrue();
                assertThat(types(small.read(all.next(), Query.all(), 10))).containsExactly("rig417 closed");
                assertThat(small.openRigs()).isLessThanOrEqualTo(8);
            }
        }
    }

    @Nested
    class Waiting {

        private final ExecutorService threads = Executors.newCachedThreadPool();

        @AfterEach
        void end() {
            threads.shutdownNow();
        }

        @Test
        void ends_at_once_where_there_is_something() throws Exception {
            appendAt(1, "a", "created");

            assertThat(town.awaitAfter(TownCursor.start(), Duration.ZERO)).isTrue();
            assertThat(town.awaitAfter(town.newest(Query.all(), 1).next(), Duration.ZERO))
                    .isFalse();
        }

        @Test
        void is_ended_by_a_new_rig_for_all_who_wait() throws Exception {
            List<Future<Boolean>> waiting = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                waiting.add(threads.submit(() -> town.awaitAfter(TownCursor.start(), LONG)));
            }

            appendAt(1, "new", "created");

            for (Future<Boolean> each : waiting) {
                assertThat(each.get(60, TimeUnit.SECONDS)).isTrue();
            }
        }

        @ParameterizedTest
        @ValueSource(booleans = {true, false})
        void is_ended_by_a_store_that_the_town_knows_nothing_of(boolean told) throws Exception {
            Tuning tuning = Tuning.DEFAULT.with(
                    new FileWatch(told && FileWatch.isTold(), LONG),
                    new Tuning.Looks(Duration.ofMillis(100), Duration.ofMillis(10)));
            try (SqliteTown other = SqliteTown.open(folder, options, tuning)) {
                Future<Boolean> waiting = threads.submit(() -> other.awaitAfter(TownCursor.start(), LONG));

                try (SqliteEventStore store = SqliteEventStore.open(folder.resolve("a.db"), options)) {
                    Events.append(store, Events.event("created"));
                    assertThat(waiting.get(60, TimeUnit.SECONDS)).isTrue();
                }
            }
        }

        @Test
        void is_ended_by_closing_the_town() {
            Future<Boolean> waiting = threads.submit(() -> town.awaitAfter(TownCursor.start(), LONG));

            town.close();

            assertThat(waiting)
                    .failsWithin(Duration.ofSeconds(60))
                    .withThrowableThat()
                    .withCauseInstanceOf(StoreClosed.class);
            assertThatThrownBy(() -> town.awaitAfter(TownCursor.start(), LONG)).isInstanceOf(StoreClosed.class);
            assertThatThrownBy(() -> town.read(TownCursor.start(), Query.all(), 1))
                    .isInstanceOf(StoreClosed.class);
            assertThatThrownBy(() -> town.newest(Query.all(), 1)).isInstanceOf(StoreClosed.class);
        }

        @Test
        void is_ended_by_an_interrupt() {
            Future<Boolean> waiting = threads.submit(() -> {
                Thread.currentThread().interrupt();
                return town.awaitAfter(TownCursor.start(), LONG);
            });

            assertThat(waiting)
                    .failsWithin(Duration.ofSeconds(60))
                    .withThrowableThat()
                    .withCauseInstanceOf(InterruptedException.class);
        }
    }

    @Test
    void a_rig_is_told_of_the_events_that_it_has() {
        appendAt(1, "a", "created", "bead:1");
        EventStore rig = town.rig("a");
        StoredEvent event = Events.all(rig).get(0);

        assertThat(town.newest(Query.all(), 1).events()).containsExactly(new RigEvent("a", event));
    }
}
