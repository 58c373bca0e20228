package dev.recount.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.recount.event.NewEvent;
import dev.recount.event.PackedEvents;
import dev.recount.event.StoredEvent;
import dev.recount.event.Tags;
import dev.recount.store.PackedPage;
import dev.recount.store.Query;
import dev.recount.store.ReadOptions;
import dev.recount.store.StoreClosed;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A store that packs its pages gives through them exactly what it reads; a store that does not never gives one. */
abstract class PackedReadingSuite extends ContractSuite {

    private static final Query RED = Query.tagged("colour", "red");
    private static final Query BLUE = Query.tagged("colour", "blue");

    private static final List<Query> QUERIES = List.of(
            Query.all(),
            Query.none(),
            RED,
            Query.tagged("colour", "green"),
            Query.ofTypes("painted"),
            Query.ofTypes("painted", "noted"),
            Query.ofTypes("exploded"),
            Query.taggedWithAll(Tags.of("colour", "red").and("bead", "1")),
            RED.and(Query.ofTypes("painted")),
            RED.or(BLUE),
            RED.or(Query.ofTypes("noted")),
            Query.tagged("bead", "1").and(Query.ofTypes("painted")).or(BLUE.and(Query.ofTypes("noted"))));

    PackedReadingSuite(EventStoreContract contract) {
        super(contract);
    }

    @Test
    void every_query_reads_the_same_in_every_window_and_page_size() {
        append(colourful(40));

        for (Query query : QUERIES) {
            for (int limit : List.of(1, 2, 7, 39, 40, 41, 500)) {
                ReadOptions options = ReadOptions.defaults().withLimit(limit);
                readsTheSame(query, options);
                readsTheSame(query, options.after(13));
                readsTheSame(query, options.until(27));
                readsTheSame(query, options.after(13).until(27));
            }
        }
    }

    @Test
    void a_long_log_reads_the_same_to_its_end() {
        append(colourful(1_203));

        for (Query query : QUERIES) {
            for (int limit : List.of(100, 499, 500, 501, 1_203, Integer.MAX_VALUE)) {
                readsTheSame(query, ReadOptions.defaults().withLimit(limit));
            }
        }
    }

    @Test
    void windows_without_an_event_read_the_same() {
        readsTheSame(Query.all(), ReadOptions.defaults());
        append(colourful(3));

        for (Query query : QUERIES) {
            readsTheSame(query, ReadOptions.defaults().after(3));
            readsTheSame(query, ReadOptions.defaults().after(9));
            readsTheSame(query, ReadOptions.defaults().after(9).until(2));
            readsTheSame(query, ReadOptions.defaults().after(2).until(2));
            readsTheSame(query, ReadOptions.defaults().until(0));
            readsTheSame(query, ReadOptions.defaults().after(Long.MAX_VALUE));
        }
    }

    @Test
    void large_events_among_small_ones_read_the_same() {
        List<NewEvent> events = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            int length = i % 11 == 5 ? 40_000 + i : i == 33 ? 1 << 20 : i;
            events.add(NewEvent.of("sized", "\"" + "0123456789abcde\u00e9".repeat(length / 16) + "\"")
                    .withTags(Tags.of("colour", i % 2 == 0 ? "red" : "blue")));
        }
        append(events);

        for (int limit : List.of(1, 4, 5, 6, 500)) {
            readsTheSame(Query.all(), ReadOptions.defaults().withLimit(limit));
            readsTheSame(RED, ReadOptions.defaults().withLimit(limit));
            readsTheSame(RED.or(BLUE), ReadOptions.defaults().withLimit(limit));
        }
    }

    @Test
    void any_text_and_version_reads_the_same() {
        for (String text : List.of(
                "plain",
                "it's \\\"quoted\\\" \\\\ \\u0000 \\u001f",
                "caf\u00e9 \u00df \u4e16\u754c",
                "\uD83D\uDE80\uD83D\uDC69\u200D\uD83D\uDCBB",
                "\u2028 \u2029 \ufffd \ufeff",
                "!1,2|3",
                "")) {
            append(
                    NewEvent.of("said", "\"" + text + "\"").withVersion(Integer.MAX_VALUE),
                    NewEvent.of("said", "[ {\"a\" : \"" + text + "\"},  1 ]").withVersion(2));
        }
        for (String type : List.of("!", "1", "a:b", "caf\u00e9 \u4e16", "\uD83D\uDE80", "x".repeat(500))) {
            append(NewEvent.of(type, "{}"), NewEvent.of(type, "[]"));
        }

        readsTheSame(Query.all(), ReadOptions.defaults());
        readsTheSame(Query.all(), ReadOptions.defaults().withLimit(3));
    }

    @Test
    void the_end_of_a_log_beside_a_writer_is_that_of_whole_appends() throws Exception {
        Threads.Running<Long> writer = Threads.start(() -> {
            for (int i = 0; i < 150; i++) {
                append(numbered(7));
            }
            return store.info().head();
        });

        long after = 0;
        while (packs() && (!writer.task().isDone() || after < store.info().head())) {
            PackedPage page = packed(Query.all(), ReadOptions.defaults().after(after));
            for (int i = 0; i < page.events().size(); i++) {
                assertEquals(after + i + 1, page.events().sequence(i), "no event is left out beside a writer");
            }
            assertTrue(!page.complete() || page.upTo() % 7 == 0, "A part of an append was visible: " + page.upTo());
            assertEquals(after + page.events().size(), page.upTo());
            after = page.upTo();
        }
        long head = writer.result(60);
        assertTrue(!packs() || after == head, "read up to " + after + " of " + head);
    }

    @Test
    void nothing_but_what_the_query_finds_is_in_a_page() {
        append(NewEvent.of("told", "\"a secret\"").withTags(Tags.of("colour", "blue")));
        append(NewEvent.of("told", "\"no secret\"").withTags(Tags.of("colour", "red")));
        append(NewEvent.of("told", "\"a secret\"").withTags(Tags.of("colour", "blue")));

        if (packs()) {
            PackedEvents found = packed(RED, ReadOptions.defaults()).events();
            assertEquals("\"no secret\"", new String(found.utf8(), StandardCharsets.UTF_8).strip());
        }
    }

    @Test
    void newest_first_is_refused() {
        append(colourful(3));

        if (packs()) {
            for (Query query : QUERIES) {
                assertThrows(
                        IllegalArgumentException.class,
                        () -> store.readPacked(query, ReadOptions.defaults().newestFirst()));
            }
        }
    }

    @Test
    void a_closed_store_packs_nothing() {
        append(colourful(3));
        boolean packs = packs();
        store.close();

        for (Query query : QUERIES) {
            if (packs) {
                assertThrows(StoreClosed.class, () -> store.readPacked(query, ReadOptions.defaults()));
            } else {
                assertEquals(Optional.empty(), store.readPacked(query, ReadOptions.defaults()));
            }
        }
    }

    private static List<NewEvent> colourful(int count) {
        List<NewEvent> events = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            Tags tags = Tags.of("colour", i % 3 == 0 ? "red" : "blue").and("bead", String.valueOf(i % 2));
            events.add(NewEvent.of(i % 5 == 0 ? "noted" : "painted", "{\"number\":" + i + "}")
                    .withTags(tags)
                    .withVersion(1 + i % 4));
        }
        return events;
    }

    private boolean packs() {
        return store.readPacked(Query.all(), ReadOptions.defaults()).isPresent();
    }

    private PackedPage packed(Query query, ReadOptions options) {
        return store.readPacked(query, options)
                .orElseThrow(() -> new AssertionError(
                        "A store that packs some pages packs all; it did not pack " + query + ", " + options));
    }

    private void readsTheSame(Query query, ReadOptions options) {
        if (!packs()) {
            assertEquals(Optional.empty(), store.readPacked(query, options), "A store that packs no page packs none");
            return;
        }
        List<StoredEvent> expected = Pages.readAll(store, query, options);
        ReadOptions rest = options;
        int taken = 0;
        boolean complete = false;
        while (!complete) {
            PackedPage page = packed(query, rest);
            taken += requireSame(page, rest, expected.subList(taken, expected.size()), query + ", " + rest);
            complete = page.complete();
            rest = rest.after(page.upTo());
        }
    }

    private int requireSame(PackedPage page, ReadOptions options, List<StoredEvent> expected, String what) {
        PackedEvents events = page.events();
        int size = events.size();
        assertTrue(size <= Math.min(options.limit(), expected.size()), "too many events: " + what);
        for (int i = 0; i < size; i++) {
            StoredEvent event = expected.get(i);
            assertEquals(event.sequence(), events.sequence(i), "sequence " + i + " of " + what);
            assertEquals(event.type(), events.type(i), "type " + i + " of " + what);
            assertEquals(event.version(), events.version(i), "version " + i + " of " + what);
            assertEquals(event.data(), events.data(i), "data " + i + " of " + what);
            requireBlank(events, i == 0 ? 0 : events.end(i - 1), events.start(i), what);
        }
        requireBlank(events, size == 0 ? 0 : events.end(size - 1), events.utf8().length, what);
        assertEquals(size == expected.size(), page.complete(), "complete: " + what);
        assertFalse(size == 0 && !page.complete(), "A page that is not complete must hold events: " + what);
        assertEquals(expectedUpTo(page, options), page.upTo(), "upTo: " + what);
        return size;
    }

    private long expectedUpTo(PackedPage page, ReadOptions options) {
        if (!page.complete()) {
            return page.events().sequence(page.events().size() - 1);
        }
        return Math.max(options.after(), Math.min(options.until(), store.info().head()));
    }

    private static void requireBlank(PackedEvents events, int from, int to, String what) {
        for (int i = from; i < to; i++) {
            assertEquals(' ', events.utf8()[i], "between the data of two events: " + what);
        }
    }
}
