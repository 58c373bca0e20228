package dev.recount.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.recount.event.StoredEvent;
import dev.recount.store.AppendCondition;
import dev.recount.store.Page;
import dev.recount.store.Query;
import dev.recount.store.ReadOptions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Pages are bounded, reading is not; and a page says exactly how far it has looked. */
abstract class UnboundedReadingSuite extends ContractSuite {

    private static final Query RED = Query.tagged("colour", "red");

    UnboundedReadingSuite(EventStoreContract contract) {
        super(contract);
    }

    @Test
    void one_event_reads_the_same_in_every_page_size() {
        readsTheSameInEveryPageSize(1);
    }

    @Test
    void five_hundred_events_read_the_same_in_every_page_size() {
        readsTheSameInEveryPageSize(500);
    }

    @Test
    void a_thousand_events_read_the_same_in_every_page_size() {
        readsTheSameInEveryPageSize(1000);
    }

    @Test
    void a_thousand_and_one_events_read_the_same_in_every_page_size() {
        readsTheSameInEveryPageSize(1001);
    }

    @Test
    void a_page_never_holds_more_than_asked_for() {
        append(numbered(120));

        for (int limit : List.of(1, 2, 99, 100, 119)) {
            Page forwards = store.read(Query.all(), ReadOptions.defaults().withLimit(limit));
            Page backwards = store.read(
                    Query.all(), ReadOptions.defaults().withLimit(limit).newestFirst());
            assertTrue(forwards.events().size() <= limit, "limit " + limit);
            assertTrue(backwards.events().size() <= limit, "limit " + limit);
            assertFalse(forwards.complete() || backwards.complete(), "120 events do not fit in " + limit);
        }
    }

    @Test
    void an_empty_log_gives_a_complete_page_up_to_0() {
        for (ReadOptions options : bothWays(ReadOptions.defaults())) {
            assertEquals(new Page(Query.all(), List.of(), 0, true), store.read(Query.all(), options));
        }
    }

    @Test
    void a_page_that_is_not_complete_goes_up_to_its_last_event() {
        append(numbered(5));

        Page page = store.read(Query.all(), ReadOptions.defaults().withLimit(2));

        long last = page.events().get(page.events().size() - 1).sequence();
        assertFalse(page.complete());
        assertEquals(last, page.upTo());
    }

    @Test
    void a_page_that_holds_the_very_last_match_is_complete() {
        append(numbered(3));

        for (ReadOptions options : bothWays(ReadOptions.defaults().withLimit(1))) {
            Page last = lastPage(Query.all(), options);
            assertEquals(
                    1, last.events().size(), "the last of 3 events in pages of 1 belongs to the page that is complete");
            assertEquals(3, last.upTo());
        }
    }

    @Test
    void a_complete_page_goes_up_to_the_head_whatever_matched() {
        append(event("painted", "colour:red"), event("painted", "colour:blue"), event("painted", "colour:blue"));

        Page found = store.read(RED, ReadOptions.defaults());
        Page nothing = store.read(Query.tagged("colour", "green"), ReadOptions.defaults());

        assertEquals(List.of(1L), sequences(found.events()));
        assertTrue(found.complete());
        assertEquals(3, found.upTo());
        assertEquals(new Page(Query.tagged("colour", "green"), List.of(), 3, true), nothing);
    }

    @Test
    void a_filtered_page_that_is_not_complete_goes_up_to_its_last_match() {
        append(event("painted", "colour:blue"), event("painted", "colour:red"), event("painted", "colour:blue"));
        append(event("painted", "colour:red"), event("painted", "colour:blue"));

        Page first = store.read(RED, ReadOptions.defaults().withLimit(1));
        Page second = store.read(RED, ReadOptions.defaults().withLimit(1).after(first.upTo()));

        assertEquals(List.of(2L), sequences(first.events()));
        assertFalse(first.complete());
        assertEquals(2, first.upTo());
        assertEquals(List.of(4L), sequences(second.events()));
        assertTrue(second.complete());
        assertEquals(5, second.upTo());
    }

    @Test
    void newest_first_a_page_goes_up_to_the_head_whether_or_not_it_is_complete() {
        append(numbered(5));

        Page some = store.read(Query.all(), ReadOptions.defaults().newestFirst().withLimit(2));
        Page all = store.read(Query.all(), ReadOptions.defaults().newestFirst().withLimit(50));

        assertFalse(some.complete());
        assertEquals(5, some.events().get(0).sequence());
        assertEquals(5, some.upTo());
        assertTrue(all.complete());
        assertEquals(5, all.upTo());
    }

    @Test
    void bounds_leave_out_after_and_include_until() {
        append(numbered(10));
        ReadOptions between = ReadOptions.defaults().after(3).until(7);

        Page forwards = store.read(Query.all(), between);
        Page backwards = store.read(Query.all(), between.newestFirst());

        assertEquals(List.of(4L, 5L, 6L, 7L), sequences(forwards.events()));
        assertEquals(List.of(7L, 6L, 5L, 4L), sequences(backwards.events()));
        assertTrue(forwards.complete() && backwards.complete());
        assertEquals(7, forwards.upTo());
        assertEquals(7, backwards.upTo());
    }

    @Test
    void until_beyond_the_head_reads_to_the_head() {
        append(numbered(3));

        for (ReadOptions options : bothWays(ReadOptions.defaults().until(99))) {
            Page page = store.read(Query.all(), options);
            assertEquals(3, page.events().size());
            assertEquals(3, page.upTo());
        }
    }

    @Test
    void up_to_is_never_below_after() {
        append(numbered(3));

        for (ReadOptions options : bothWays(ReadOptions.defaults())) {
            nothingUpTo(3, options.after(3));
            nothingUpTo(2, options.after(2).until(1));
            nothingUpTo(9, options.after(9));
            nothingUpTo(9, options.after(9).until(0));
            nothingUpTo(0, options.until(0));
            nothingUpTo(Long.MAX_VALUE, options.after(Long.MAX_VALUE));
        }
    }

    @Test
    void a_page_names_its_query_and_the_condition_that_nothing_it_finds_was_stored_since() {
        append(event("painted", "colour:red"), event("painted", "colour:blue"));

        Page page = store.read(RED, ReadOptions.defaults());

        assertEquals(RED, page.query());
        assertEquals(AppendCondition.noneMatching(RED).after(2), page.unchanged());
    }

    @Test
    void rare_matches_are_found_among_many_events() {
        append(event("painted", "colour:red"));
        append(numbered(700, "colour:blue"));
        append(event("painted", "colour:red"));
        append(numbered(700, "colour:blue"));

        for (int limit : List.of(1, 2, 500)) {
            ReadOptions options = ReadOptions.defaults().withLimit(limit);
            assertEquals(List.of(1L, 702L), sequences(Pages.readAll(store, RED, options)));
            assertEquals(List.of(702L, 1L), sequences(Pages.readAll(store, RED, options.newestFirst())));
            assertEquals(1402, lastPage(RED, options).upTo());
        }
    }

    @Test
    void a_reader_that_goes_on_from_up_to_misses_nothing_that_is_appended_meanwhile() {
        append(numbered(5, "colour:red"));
        Page page = store.read(RED, ReadOptions.defaults());
        append(event("painted", "colour:blue"));
        append(event("painted", "colour:red"));

        Page next = store.read(RED, ReadOptions.defaults().after(page.upTo()));

        assertEquals(List.of(7L), sequences(next.events()));
    }

    private void readsTheSameInEveryPageSize(int count) {
        append(numbered(count));
        List<String> expected =
                numbered(count).stream().map(event -> event.data()).toList();
        List<String> reversed = new ArrayList<>(expected);
        Collections.reverse(reversed);

        for (int limit : List.of(1, 2, 3, 7, 99, 100, 101, 499, 500, 501, 1000, 1001, 5000, Integer.MAX_VALUE)) {
            ReadOptions options = ReadOptions.defaults().withLimit(limit);
            assertEquals(expected, data(Pages.readAll(store, Query.all(), options)), "limit " + limit);
            assertEquals(reversed, data(Pages.readAll(store, Query.all(), options.newestFirst())), "limit " + limit);
        }
    }

    private static List<String> data(List<StoredEvent> events) {
        return events.stream().map(StoredEvent::data).toList();
    }

    private static List<ReadOptions> bothWays(ReadOptions options) {
        return List.of(options, options.newestFirst());
    }

    private void nothingUpTo(long upTo, ReadOptions options) {
        assertEquals(
                new Page(Query.all(), List.of(), upTo, true), store.read(Query.all(), options), options.toString());
    }

    private Page lastPage(Query query, ReadOptions options) {
        Page page = store.read(query, options);
        ReadOptions rest = options;
        while (!page.complete()) {
            long next = page.events().get(page.events().size() - 1).sequence();
            rest = rest.isNewestFirst() ? rest.until(next - 1) : rest.after(page.upTo());
            Page following = store.read(query, rest);
            page = rest.isNewestFirst()
                    ? new Page(query, following.events(), page.upTo(), following.complete())
                    : following;
        }
        return page;
    }
}
