package dev.recount.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.recount.event.NewEvent;
import dev.recount.event.Tags;
import dev.recount.store.Append;
import dev.recount.store.AppendCondition;
import dev.recount.store.AppendConditionFailed;
import dev.recount.store.Query;
import dev.recount.store.ReadOptions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Items are joined by OR; within an item types are joined by OR and tags by AND. */
abstract class QueriesSuite extends ContractSuite {

    private static final List<NewEvent> LOG_OF_SIX = List.of(
            event("created", "bead:1"),
            event("created", "bead:2", "label:red"),
            event("hooked", "bead:1", "agent:toast"),
            event("hooked", "bead:2", "agent:toast", "label:red"),
            event("closed", "bead:1", "bead:2"),
            event("noted"));

    private static final Query BEAD_1 = Query.tagged("bead", "1");
    private static final Query BEAD_2 = Query.tagged("bead", "2");
    private static final Query TOAST = Query.tagged("agent", "toast");
    private static final Query RED = Query.tagged("label", "red");

    private record Row(String name, Query query, List<Long> found) {}

    private static final List<Row> ROWS = List.of(
            new Row("all finds every event", Query.all(), List.of(1L, 2L, 3L, 4L, 5L, 6L)),
            new Row("none finds no event", Query.none(), List.of()),
            new Row("a type", Query.ofTypes("hooked"), List.of(3L, 4L)),
            new Row("any of several types", Query.ofTypes("hooked", "noted"), List.of(3L, 4L, 6L)),
            new Row("no types at all", Query.ofTypes(List.of()), List.of()),
            new Row("an unknown type", Query.ofTypes("exploded"), List.of()),
            new Row("a tag", BEAD_1, List.of(1L, 3L, 5L)),
            new Row("an unknown tag", Query.tagged("bead", "3"), List.of()),
            new Row("a tag whose key and value belong to different tags", Query.tagged("bead", "toast"), List.of()),
            new Row(
                    "all of several tags",
                    Query.taggedWithAll(Tags.of("bead", "2").and("agent", "toast")),
                    List.of(4L)),
            new Row(
                    "two values of one key",
                    Query.taggedWithAll(Tags.of("bead", "1").and("bead", "2")),
                    List.of(5L)),
            new Row("no tags at all", Query.taggedWithAll(Tags.none()), List.of(1L, 2L, 3L, 4L, 5L, 6L)),
            new Row("a type and a tag", BEAD_1.and(Query.ofTypes("created")), List.of(1L)),
            new Row("any of several types and a tag", BEAD_2.and(Query.ofTypes("created", "closed")), List.of(2L, 5L)),
            new Row("a type and several tags", RED.and(TOAST).and(Query.ofTypes("hooked")), List.of(4L)),
            new Row("a type or a tag", TOAST.or(Query.ofTypes("noted")), List.of(3L, 4L, 6L)),
            new Row("either tag, each match once and in order", BEAD_1.or(BEAD_2), List.of(1L, 2L, 3L, 4L, 5L)),
            new Row("overlapping alternatives", BEAD_2.or(RED).or(TOAST), List.of(2L, 3L, 4L, 5L)),
            new Row("an alternative that finds everything", RED.or(Query.all()), List.of(1L, 2L, 3L, 4L, 5L, 6L)),
            new Row("an alternative that finds nothing", RED.or(Query.none()), List.of(2L, 4L)),
            new Row("an intersection with nothing", RED.and(Query.none()), List.of()),
            new Row("an intersection of two types", Query.ofTypes("created").and(Query.ofTypes("closed")), List.of()),
            new Row("an intersection of alternatives", BEAD_1.or(BEAD_2).and(TOAST.or(RED)), List.of(2L, 3L, 4L)),
            new Row(
                    "alternatives with a type and a tag each",
                    BEAD_1.and(Query.ofTypes("hooked")).or(BEAD_2.and(Query.ofTypes("created"))),
                    List.of(2L, 3L)));

    QueriesSuite(EventStoreContract contract) {
        super(contract);
    }

    @TestFactory
    Stream<DynamicTest> a_query_finds_in_both_directions() {
        return ROWS.stream()
                .map(row -> DynamicTest.dynamicTest(row.name, () -> {
                    appendOnce();
                    ReadOptions options = ReadOptions.defaults().withLimit(2);
                    assertEquals(row.found, sequences(readAll(row.query)), row.query.toString());
                    assertEquals(row.found, sequences(Pages.readAll(store, row.query, options)), row.query.toString());
                    List<Long> backwards = sequences(Pages.readAll(store, row.query, options.newestFirst()));
                    assertEquals(
                            row.found.stream()
                                    .sorted((a, b) -> Long.compare(b, a))
                                    .toList(),
                            backwards);
                }));
    }

    @TestFactory
    Stream<DynamicTest> a_condition_fails_for_exactly_what_its_query_finds() {
        return ROWS.stream()
                .map(row -> DynamicTest.dynamicTest(row.name, () -> {
                    appendOnce();
                    for (long after = 0; after <= LOG_OF_SIX.size(); after++) {
                        long bound = after;
                        long expected = row.found.stream()
                                .filter(found -> found > bound)
                                .findFirst()
                                .orElse(0L);
                        assertEquals(expected, conflictWith(row.query, after), row.query + " after " + after);
                    }
                }));
    }

    @Test
    void a_query_of_many_alternatives_is_answered() {
        appendOnce();
        Query query = Query.none();
        for (int i = 1; i <= 100; i++) {
            query = query.or(Query.tagged("bead", String.valueOf(i)).and(Query.ofTypes("created", "exploded" + i)));
        }

        assertEquals(List.of(1L, 2L), sequences(readAll(query)));
    }

    @Test
    void a_query_of_many_types_is_answered() {
        appendOnce();
        List<String> types = Stream.concat(
                        Stream.of("noted", "hooked"),
                        Stream.iterate(1, i -> i + 1).limit(500).map(i -> "type" + i))
                .toList();

        assertEquals(List.of(3L, 4L, 6L), sequences(readAll(Query.ofTypes(types))));
    }

    private void appendOnce() {
        if (store.info().head() == 0) {
            append(LOG_OF_SIX);
        }
    }

    /** The sequence of the first conflict, 0 where there is none; nothing is stored either way. */
    private long conflictWith(Query query, long after) {
        AppendCondition condition = AppendCondition.noneMatching(query).after(after);
        String key = "condition " + query + " after " + after;
        try {
            store.append(Append.of(List.of()).withReceiptFor(key, key).when(condition));
            return 0;
        } catch (AppendConditionFailed e) {
            return e.conflicting().sequence();
        }
    }
}
