package dev.recount.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recount.event.NewEvent;
import dev.recount.store.Append;
import dev.recount.store.LogCorrupt;
import dev.recount.store.Query;
import dev.recount.store.Retention;
import dev.recount.subscription.Checkpoint;
import dev.recount.town.RigEvent;
import dev.recount.town.TownCursor;
import dev.recount.town.TownPage;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TownReadingTest {

    private static final int RIGS = 60;
    private static final Comparator<RigEvent> IN_ORDER = Comparator.comparing(
                    (RigEvent found) -> found.event().storedAt())
            .thenComparing(RigEvent::rig)
            .thenComparing(found -> found.event().sequence());

    private final PostgresOptions options = Server.options();
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-03-03T12:00:00Z"));
    private final CountedStatements statements = new CountedStatements(Server.dataSource());
    private final PostgresTown town = PostgresTown.open(statements, options.withClock(now::get));

    @AfterEach
    void close() {
        town.close();
    }

    private void append(String rig, NewEvent... events) {
        now.updateAndGet(time -> time.plusMillis(1));
        town.rig(rig).append(Append.of(List.of(events)));
    }

    private List<RigEvent> readAll(Query query, int limit) {
        List<RigEvent> all = new ArrayList<>();
        TownPage page = town.read(TownCursor.start(), query, limit);
        all.addAll(page.events());
        while (!page.complete()) {
            page = town.read(page.next(), query, limit);
            all.addAll(page.events());
        }
        return all;
    }

    /** Many rigs with an event or two, and one that is busy. */
    private void manyRigs() {
        for (int i = 0; i < RIGS; i++) {
            append("rig" + i, Events.event("opened", "bead:" + i % 7));
        }
        append("rig7", Events.numbered(300, "bead:hot").toArray(NewEvent[]::new));
        for (int i = 0; i < RIGS; i += 3) {
            append("rig" + i, Events.event("closed", "bead:" + i % 7));
        }
    }

    @Test
    void many_rigs_cost_few_statements_and_one_busy_rig_few_more() {
        manyRigs();
        for (Query query : List.of(Query.all(), Query.ofTypes("opened", "closed"), Query.tagged("bead", "hot"))) {
            for (int limit : new int[] {10, 100, 1_000, Integer.MAX_VALUE}) {
                statements.count();

                TownPage newest = town.newest(query, limit);
                assertThat(statements.count())
                        .as("newest %d of %s", limit, query)
                        .isLessThanOrEqualTo(7);
                assertThat(newest.events())
                        .isSortedAccordingTo(Comparator.comparing(
                                        (RigEvent found) -> found.event().storedAt(), Comparator.reverseOrder())
                                .thenComparing(RigEvent::rig)
                                .thenComparing(found -> found.event().sequence(), Comparator.reverseOrder()));

                town.read(TownCursor.start(), query, limit);
                assertThat(statements.count()).as("%d of %s", limit, query).isLessThanOrEqualTo(7);
            }
        }
    }

    @Test
    void pages_of_many_rigs_give_each_event_once_in_order_whatever_is_asked() {
        manyRigs();
        for (Query query : List.of(Query.all(), Query.ofTypes("opened"), Query.tagged("bead", "3"))) {
            List<RigEvent> all = readAll(query, 5_000);
            assertThat(all).isSortedAccordingTo(IN_ORDER).doesNotHaveDuplicates();
            for (int limit : new int[] {7, 59, 60, 61}) {
                assertThat(readAll(query, limit)).as("%d of %s", limit, query).isEqualTo(all);
            }
        }
        assertThat(readAll(Query.all(), 100)).hasSize(RIGS + 300 + RIGS / 3);
        assertThat(readAll(Query.tagged("bead", "hot"), 100)).hasSize(300);
    }

    @Test
    void a_page_of_large_events_is_cut_off_and_the_next_goes_on() {
        for (int i = 0; i < 12; i++) {
            append("rig" + i % 3, NewEvent.of("large", '"' + "x".repeat(1_500_000) + '"'));
        }

        TownPage page = town.read(TownCursor.start(), Query.all(), 100);

        assertThat(page.complete()).isFalse();
        assertThat(page.events()).hasSizeBetween(1, 7);
        assertThat(readAll(Query.all(), 100)).hasSize(12).isSortedAccordingTo(IN_ORDER);
        assertThat(town.newest(Query.all(), 11).events()).hasSize(11);
    }

    @Test
    void a_rig_whose_rows_are_damaged_harms_no_other() throws SQLException {
        for (int i = 0; i < 9; i++) {
            append("rig" + i, Events.event("opened"));
        }
        damage("rig4");

        TownPage page = town.read(TownCursor.start(), Query.all(), 100);

        assertThat(page.events()).hasSize(8).extracting(RigEvent::rig).doesNotContain("rig4");
        assertThat(page.broken().get("rig4")).isInstanceOf(LogCorrupt.class).hasMessageContaining("a torn page");
        assertThat(page.next().rigs()).doesNotContainKey("rig4");
        assertThat(page.complete()).isTrue();
        assertThat(town.read(TownCursor.start(), Query.all(), 4).broken()).containsOnlyKeys("rig4");
        assertThat(town.newest(Query.all(), 100).broken()).containsOnlyKeys("rig4");
        Map<String, List<Long>> read = new HashMap<>();
        town.rigs().forEach(rig -> read.put(rig, List.of(1L)));
        assertThat(town.chainsAt(read)).hasSize(8).doesNotContainKey("rig4");
    }

    /** Whoever reads events of that rig finds what a server finds on a torn page. */
    private void damage(String rig) throws SQLException {
        Sql.run(Server.dataSource(), """
                CREATE FUNCTION {s}.torn() RETURNS boolean LANGUAGE plpgsql VOLATILE AS
                  $$ BEGIN RAISE EXCEPTION 'a torn page' USING ERRCODE = 'data_corrupted'; END $$;
                ALTER TABLE {s}.events RENAME TO whole_events;
                CREATE VIEW {s}.events AS SELECT * FROM {s}.whole_events e
                  WHERE CASE WHEN e.rig = (SELECT rig FROM {s}.rigs WHERE name = '{r}') THEN {s}.torn() ELSE true END
                """.replace("{s}", options.schema()).replace("{r}", rig));
    }

    @Test
    void a_place_behind_which_retention_has_removed_events_is_named_and_who_begins_is_not_concerned() {
        append("kept", Events.event("opened"));
        append("pruned", Events.numbered(5).toArray(NewEvent[]::new));
        town.rig("pruned").retain(Retention.from(4));
        String logId = town.rig("pruned").info().logId();

        TownPage behind = town.read(new TownCursor(Map.of("pruned", new Checkpoint(logId, 2))), Query.all(), 100);
        TownPage begun = town.read(TownCursor.start(), Query.all(), 1);

        assertThat(behind.broken()).containsOnlyKeys("pruned");
        assertThat(behind.next().rigs()).containsEntry("pruned", new Checkpoint(logId, 2));
        assertThat(behind.events()).extracting(RigEvent::rig).containsExactly("kept");
        assertThat(town.read(begun.next(), Query.all(), 100).events()).hasSize(2);
    }

    @Test
    void who_waits_for_the_town_is_woken_by_another_process_also_for_a_new_rig() throws Exception {
        append("known", Events.event("opened"));
        try (PostgresTown other = PostgresTown.open(Server.dataSource(), options)) {
            for (String rig : List.of("known", "new")) {
                TownCursor heads = town.newest(Query.all(), 1).next();
                CompletableFuture<Boolean> waiting = CompletableFuture.supplyAsync(() -> await(heads));
                Sql.await("the town is waited for", () -> town.heads().isAnyWaitedFor());

                other.rig(rig).append(Append.of(List.of(Events.event("closed"))));

                assertThat(waiting.get(60, TimeUnit.SECONDS)).isTrue();
            }
        }
    }

    private boolean await(TownCursor cursor) {
        try {
            return town.awaitAfter(cursor, Duration.ofSeconds(60));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void names_and_queries_that_no_text_of_the_server_can_hold_find_nothing() {
        append("rig", Events.event("opened"));

        assertThat(town.existingRig("a\0b")).isEmpty();
        assertThat(town.chainsAt(Map.of("a\0b", List.of(1L)))).isEmpty();
        TownCursor odd = new TownCursor(Map.of("a\0b", new Checkpoint("x", 1)));
        assertThat(town.read(odd, Query.ofTypes("a\0b"), 10).complete()).isTrue();
        assertThat(town.read(odd, Query.all(), 10).next().rigs()).containsKey("a\0b");
    }
}
