package dev.recount.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.recount.event.NewEvent;
import dev.recount.event.Tags;
import dev.recount.store.Append;
import dev.recount.store.EventStore;
import dev.recount.store.Query;
import dev.recount.store.StoreClosed;
import dev.recount.subscription.Checkpoint;
import dev.recount.testkit.Threads.Running;
import dev.recount.town.RigEvent;
import dev.recount.town.Town;
import dev.recount.town.TownCursor;
import dev.recount.town.TownPage;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/**
 * The promises of a {@link Town}, as tests. Whoever writes one writes one subclass. Its rigs' own promises are those of
 * {@link EventStoreContract}.
 *
 * <pre>{@code
 * class TownOfFilesTest extends TownContract {
 *     @TempDir
 *     Path folder;
 *
 *     @Override
 *     protected Town open(InstantSource clock) {
 *         return SqliteTown.open(folder, SqliteOptions.defaults().withClock(clock));
 *     }
 *
 *     @Override
 *     protected EventStore rig(Town town, String name) {
 *         return ((SqliteTown) town).rig(name);
 *     }
 * }
 * }</pre>
 *
 * <p>The contract closes what it opened. It never skips a test.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
public abstract class TownContract {

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final int EVENTS = 120;

    private final SettableClock clock = new SettableClock();
    private Town town;

    /** For subclasses. */
    protected TownContract() {}

    /** Opens a town without rigs, whose events are stored at that clock's time. Called once for each test. */
    protected abstract Town open(InstantSource clock);

    /** The rig of that name, created where there is none. */
    protected abstract EventStore rig(Town town, String name);

    @BeforeEach
    final void openAnEmptyTown() {
        town = open(clock);
    }

    @AfterEach
    final void close() {
        town.close();
    }

    private void append(String rig, String type, String... tags) {
        NewEvent event = NewEvent.of(type, "{}").withTags(Tags.parse(List.of(tags)));
        rig(town, rig).append(Append.of(List.of(event)));
    }

    /** Events of several rigs, of which many have the same time. */
    private void appendAtRandom(Random random) {
        for (int i = 0; i < EVENTS; i++) {
            if (random.nextInt(3) == 0) {
                clock.move(Duration.ofMillis(1));
            }
            append("rig" + random.nextInt(5), "type" + random.nextInt(3), "bead:" + random.nextInt(4));
        }
    }

    private List<RigEvent> readAll(TownCursor from, Query query, int limit) {
        List<RigEvent> all = new ArrayList<>();
        TownPage page = town.read(from, query, limit);
        all.addAll(page.events());
        while (!page.complete()) {
            assertTrue(page.events().size() <= limit, "a page is longer than its limit");
            page = town.read(page.next(), query, limit);
            all.addAll(page.events());
        }
        return all;
    }

    private static List<String> names(TownPage page) {
        return page.events().stream()
                .map(found -> found.rig() + " " + found.event().type())
                .toList();
    }

    @Test
    void rigs_are_listed_by_name_and_asking_for_one_creates_none() {
        append("beads", "opened");
        append("ants", "opened");

        assertEquals(Optional.empty(), town.existingRig("nobody"));
        assertEquals(Optional.empty(), town.existingRig("../beads"));
        assertEquals(List.of("ants", "beads"), town.rigs());
        assertEquals(1, town.existingRig("ants").orElseThrow().info().head());
    }

    @Test
    void pages_of_any_size_give_every_event_once_by_time_then_rig_then_sequence() {
        long seed = System.nanoTime();
        appendAtRandom(new Random(seed));
        Comparator<RigEvent> order = Comparator.comparing(
                        (RigEvent found) -> found.event().storedAt())
                .thenComparing(RigEvent::rig)
                .thenComparing(found -> found.event().sequence());

        for (int limit : new int[] {1, 2, 13, EVENTS - 1, EVENTS, EVENTS + 1}) {
            List<RigEvent> all = readAll(TownCursor.start(), Query.all(), limit);
            assertEquals(EVENTS, Set.copyOf(all).size(), "limit " + limit + ", seed " + seed);
            assertEquals(all.stream().sorted(order).toList(), all, "limit " + limit + ", seed " + seed);
        }
    }

    @Test
    void reading_goes_on_from_the_cursor_of_any_page_and_with_any_query() {
        long seed = System.nanoTime();
        appendAtRandom(new Random(seed));
        for (Query query : List.of(Query.all(), Query.tagged("bead", "1"), Query.ofTypes("type2"), Query.none())) {
            List<RigEvent> all = readAll(TownCursor.start(), query, 1_000);
            assertTrue(all.stream().allMatch(found -> query.matches(found.event())), "seed " + seed);
            TownCursor cursor = TownCursor.start();
            for (int done = 0; done < all.size(); done += 7) {
                assertEquals(all.subList(done, all.size()), readAll(cursor, query, 50), query + ", seed " + seed);
                cursor = town.read(cursor, query, 7).next();
            }
        }
    }

    @Test
    void the_newest_come_newest_first_and_their_cursor_is_where_a_tail_goes_on() {
        append("b", "first");
        clock.move(Duration.ofSeconds(1));
        append("c", "second");
        append("a", "second");
        clock.move(Duration.ofSeconds(1));
        append("b", "third");

        TownPage newest = town.newest(Query.all(), 3);
        assertEquals(List.of("b third", "a second", "c second"), names(newest));
        assertFalse(newest.complete());
        assertTrue(town.newest(Query.all(), 4).complete());
        append("b", "fourth");
        append("new", "fourth");
        assertEquals(List.of("b fourth", "new fourth"), names(town.read(newest.next(), Query.all(), 10)));
    }

    @Test
    void a_town_without_rigs_is_an_empty_page() {
        assertEquals(List.of(), town.rigs());
        assertEquals(List.of(), town.newest(Query.all(), 10).events());
        assertTrue(town.read(TownCursor.start(), Query.all(), 10).complete());
    }

    @Test
    void a_cursor_that_does_not_fit_a_rig_is_named_and_stays_and_the_others_are_read() {
        append("a", "opened");
        append("b", "opened");
        append("c", "opened");
        TownCursor heads = town.newest(Query.all(), 10).next();
        Checkpoint ahead = new Checkpoint(logId(heads, "a"), 7);
        Checkpoint other = new Checkpoint("another log", 1);
        append("c", "closed");

        TownPage page =
                town.read(new TownCursor(Map.of("a", ahead, "b", other, "c", checkpoint(heads, "c"))), Query.all(), 10);

        assertEquals(List.of("c closed"), names(page));
        assertEquals(Set.of("a", "b"), page.broken().keySet());
        assertEquals(ahead, checkpoint(page.next(), "a"));
        assertEquals(other, checkpoint(page.next(), "b"));
    }

    private static Checkpoint checkpoint(TownCursor cursor, String rig) {
        return Optional.ofNullable(cursor.rigs().get(rig)).orElseThrow();
    }

    private static String logId(TownCursor cursor, String rig) {
        return checkpoint(cursor, rig).logId();
    }

    @Test
    void chains_are_those_of_the_rigs() {
        for (int i = 0; i < 3; i++) {
            append("a", "counted");
            append("b", "counted");
        }
        List<Long> all = List.of(0L, 1L, 2L, 3L);

        assertEquals(Map.of("a", chains("a", all)), town.chainsAt(Map.of("a", all)));
        assertEquals(
                Map.of("a", chains("a", List.of(1L, 3L)), "b", chains("b", List.of(3L))),
                town.chainsAt(Map.of("a", List.of(1L, 3L), "b", List.of(3L), "nobody", all)));
        assertEquals(
                Map.of("b", chains("b", List.of(2L))),
                town.chainsAt(Map.of("a", List.of(4L), "b", List.of(2L, 4L, -1L))));
        assertEquals(Map.of(), town.chainsAt(Map.of()));
    }

    private Map<Long, String> chains(String rig, List<Long> sequences) {
        Map<Long, String> chains = rig(town, rig).chainsAt(sequences);
        assertEquals(Set.copyOf(sequences), chains.keySet());
        return chains;
    }

    @Test
    void who_waits_is_woken_by_any_rig_also_a_new_one() throws Exception {
        append("a", "opened");
        assertTrue(town.awaitAfter(TownCursor.start(), Duration.ZERO));
        for (String rig : List.of("a", "new")) {
            TownCursor heads = town.newest(Query.all(), 1).next();
            assertFalse(town.awaitAfter(heads, Duration.ofMillis(5)));
            Running<Boolean> waiting =
                    Threads.start(() -> town.awaitAfter(heads, LONG)).untilItWaits();

            append(rig, "closed");

            assertTrue(waiting.result(LONG.toSeconds()), "who waited was told that nothing came");
        }
    }

    @Test
    void a_limit_below_one_is_refused() {
        assertThrows(IllegalArgumentException.class, () -> town.newest(Query.all(), 0));
        assertThrows(IllegalArgumentException.class, () -> town.read(TownCursor.start(), Query.all(), 0));
    }

    @Test
    void closed_is_closed_also_for_who_waits() {
        append("a", "opened");
        EventStore rig = town.existingRig("a").orElseThrow();
        TownCursor heads = town.newest(Query.all(), 1).next();
        Running<Boolean> waiting =
                Threads.start(() -> town.awaitAfter(heads, LONG)).untilItWaits();

        town.close();
        town.close();

        assertThrows(StoreClosed.class, () -> waiting.result(LONG.toSeconds()));
        assertThrows(StoreClosed.class, () -> town.newest(Query.all(), 1));
        assertThrows(StoreClosed.class, () -> town.read(heads, Query.all(), 1));
        assertThrows(StoreClosed.class, () -> town.awaitAfter(heads, LONG));
        assertThrows(StoreClosed.class, () -> town.chainsAt(Map.of("a", List.of(1L))));
        assertThrows(StoreClosed.class, rig::info);
    }
}
