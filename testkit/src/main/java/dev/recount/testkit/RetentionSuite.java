package dev.recount.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.recount.event.StoredEvent;
import dev.recount.store.Append;
import dev.recount.store.AppendCondition;
import dev.recount.store.AppendConditionFailed;
import dev.recount.store.Appended;
import dev.recount.store.EventsRemoved;
import dev.recount.store.PackedPage;
import dev.recount.store.Query;
import dev.recount.store.ReadOptions;
import dev.recount.store.Retained;
import dev.recount.store.Retention;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Retention removes the oldest events, moves the floor, and leaves everything above it as it was. */
abstract class RetentionSuite extends ContractSuite {

    private static final Query RED = Query.tagged("colour", "red");
    private static final Query RED_OR_BLUE = RED.or(Query.tagged("colour", "blue"));

    RetentionSuite(EventStoreContract contract) {
        super(contract);
    }

    @Test
    void the_newest_events_are_kept_as_they_were() {
        append(numbered(25, "colour:red"));
        List<StoredEvent> before = readAll();

        Retained retained = retain(Retention.newest(10));

        assertEquals(new Retained(0, 15, 15), retained);
        assertEquals(before.subList(15, 25), readAll());
        assertEquals(before.subList(15, 25), readAll(RED_OR_BLUE));
        assertEquals(15, store.info().floor());
        assertEquals(25, store.info().head());
    }

    @Test
    void everything_from_a_sequence_on_is_kept() {
        append(numbered(9));

        assertEquals(new Retained(0, 3, 3), retain(Retention.from(4)));

        assertEquals(List.of(4L, 5L, 6L, 7L, 8L, 9L), sequences(readAll()));
    }

    @Test
    void everything_from_a_time_on_is_kept() {
        append(numbered(2));
        clock.move(Duration.ofHours(1));
        Instant time = clock.instant();
        append(numbered(2));
        clock.move(Duration.ofHours(1));
        append(numbered(2));

        retain(Retention.from(time));

        assertEquals(List.of(3L, 4L, 5L, 6L), sequences(readAll()));
    }

    @Test
    void a_dry_run_tells_what_would_go_and_removes_nothing() {
        append(numbered(9));

        assertEquals(new Retained(0, 7, 7), retain(Retention.newest(2).asDryRun()));

        assertEquals(0, store.info().floor());
        assertEquals(9, readAll().size());
    }

    @Test
    void the_floor_never_goes_back_nor_past_the_head() {
        append(numbered(9));
        retain(Retention.newest(2));

        assertEquals(new Retained(7, 7, 0), retain(Retention.newest(5)));
        assertEquals(new Retained(7, 7, 0), retain(Retention.from(1)));
        assertThrows(IllegalArgumentException.class, () -> retain(Retention.from(11)));
        assertEquals(7, store.info().floor());
        assertEquals(new Retained(7, 9, 2), retain(Retention.from(10)));

        assertEquals(9, store.info().floor());
    }

    @Test
    void a_log_of_which_nothing_is_left_goes_on_with_the_next_sequence() {
        append(numbered(3));
        retain(Retention.newest(0));
        assertEquals(List.of(), readAll());

        reopen();
        append(event("created"));

        assertEquals(List.of(4L), sequences(readAll()));
        assertEquals(3, store.info().floor());
    }

    @Test
    void whoever_begins_at_zero_begins_with_the_first_event_that_is_left() {
        append(numbered(9, "colour:red"));
        retain(Retention.newest(2));

        ReadOptions newestFirst = ReadOptions.defaults().newestFirst();
        assertEquals(List.of(8L, 9L), sequences(readAll(RED)));
        assertEquals(
                List.of(9L, 8L), sequences(store.read(RED_OR_BLUE, newestFirst).events()));
        assertEquals(List.of(), readAll(Query.tagged("colour", "blue")));
        for (PackedPage page :
                store.readPacked(Query.all(), ReadOptions.defaults()).stream().toList()) {
            assertEquals(8, page.events().sequence(0));
            assertEquals(9, page.upTo());
        }
    }

    @Test
    void what_ends_below_the_floor_is_empty_and_looked_through_as_far_as_was_asked() {
        append(numbered(9));
        retain(Retention.newest(2));

        var page = store.read(Query.all(), ReadOptions.defaults().until(5));

        assertEquals(List.of(), page.events());
        assertEquals(5, page.upTo());
        assertTrue(page.complete());
    }

    @Test
    void whoever_reads_on_from_below_the_floor_is_told_so() {
        append(numbered(9, "colour:red"));
        retain(Retention.newest(4));

        for (Query query : List.of(Query.all(), RED, RED_OR_BLUE)) {
            ReadOptions on = ReadOptions.defaults().after(3);
            EventsRemoved removed = assertThrows(EventsRemoved.class, () -> store.read(query, on));
            assertEquals(3, removed.after());
            assertEquals(5, removed.floor());
            assertEquals(
                    "Events after sequence 3 were asked for, and those up to 5 were removed by retention. Begin again: from"
                            + " the start of what is left, or from a snapshot above 5.",
                    removed.getMessage());
        }
    }

    @Test
    void whoever_reads_on_from_the_floor_misses_nothing() {
        append(numbered(9));
        retain(Retention.newest(4));

        assertEquals(
                List.of(6L, 7L, 8L, 9L),
                sequences(
                        Pages.readAll(store, Query.all(), ReadOptions.defaults().after(5))));
    }

    @Test
    void a_store_that_packs_tells_so_too() {
        append(numbered(9));
        boolean packs = store.readPacked(Query.all(), ReadOptions.defaults()).isPresent();
        retain(Retention.newest(4));

        if (packs) {
            ReadOptions on = ReadOptions.defaults().after(3);
            assertThrows(EventsRemoved.class, () -> store.readPacked(Query.all(), on));
            assertThrows(EventsRemoved.class, () -> store.readPacked(RED_OR_BLUE, on));
        }
    }

    @Test
    void a_condition_that_goes_back_below_the_floor_is_refused_since_nobody_can_tell() {
        append(numbered(9, "colour:red"));
        retain(Retention.newest(4));
        Append late = Append.of(numbered(1))
                .when(AppendCondition.noneMatching(Query.tagged("colour", "blue"))
                        .after(3));

        EventsRemoved removed = assertThrows(EventsRemoved.class, () -> store.append(late));

        assertEquals(List.of(3L, 5L), List.of(removed.after(), removed.floor()));
        assertEquals(9, store.info().head());
    }

    @Test
    void a_condition_from_the_floor_on_is_checked_as_ever() {
        append(numbered(9, "colour:red"));
        retain(Retention.newest(4));
        AppendCondition condition = AppendCondition.noneMatching(RED);

        assertThrows(
                AppendConditionFailed.class,
                () -> store.append(Append.of(numbered(1)).when(condition.after(8))));
        assertThrows(
                AppendConditionFailed.class,
                () -> store.append(Append.of(numbered(1)).when(condition)));
        assertEquals(
                10,
                store.append(Append.of(numbered(1)).when(condition.after(9))).last());
        retain(Retention.newest(1));
        assertEquals(11, store.append(Append.of(numbered(1)).when(condition)).last());
    }

    @Test
    void receipts_outlive_the_events_they_tell_of() {
        Append once = Append.of(numbered(3)).withReceiptFor("key", "content");
        Appended first = store.append(once);
        append(numbered(3));

        retain(Retention.newest(1));

        Appended again = store.append(once);
        assertTrue(again.repeated());
        assertEquals(List.of(first.first(), first.last()), List.of(again.first(), again.last()));
        assertEquals(6, store.info().head());
    }

    @Test
    void a_moment_before_everything_that_is_left_is_the_floor() {
        Instant start = clock.instant();
        append(numbered(3));
        clock.move(Duration.ofMinutes(10));
        append(numbered(3));
        retain(Retention.newest(2));

        assertEquals(4, store.sequenceAt(start));
        assertEquals(6, store.sequenceAt(clock.instant()));
    }
}
