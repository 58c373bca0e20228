package dev.recount.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recount.event.NewEvent;
import dev.recount.event.Tags;
import dev.recount.store.Append;
import dev.recount.store.Query;
import dev.recount.store.ReadOptions;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class QueryPlanTest {

    @TempDir
    Path folder;

    private SqliteEventStore store;

    @BeforeEach
    void open() {
        store = SqliteEventStore.open(folder.resolve("log.db"));
    }

    @AfterEach
    void close() {
        store.close();
    }

    static List<Query> queries() {
        Query tagged = Query.tagged("bead", "1");
        Query both = Query.taggedWithAll(Tags.of("bead", "1").and("agent", "2"));
        return List.of(
                Query.all(),
                Query.ofTypes("a"),
                Query.ofTypes("a", "b", "c"),
                tagged,
                both,
                Query.taggedWithAll(manyTags(40)),
                tagged.and(Query.ofTypes("a", "b")),
                tagged.or(Query.tagged("agent", "2")).or(Query.ofTypes("a")));
    }

    private static Tags manyTags(int count) {
        return Tags.parse(IntStream.range(0, count).mapToObj(i -> "k:" + i).toList());
    }

    @ParameterizedTest
    @MethodSource("queries")
    void every_query_walks_along_an_index_in_order(Query query) {
        for (Branch branch : Branch.of(query)) {
            for (boolean newestFirst : new boolean[] {false, true}) {
                for (EventForm form : EventForm.values()) {
                    requireIndexed(branch, branch.select(form, newestFirst));
                }
            }
        }
    }

    private void requireIndexed(Branch branch, String sql) {
        List<String> plan = store.write(session -> {
            PreparedStatement explain = session.prepare("EXPLAIN QUERY PLAN " + sql);
            branch.bind(explain, new Window(0, 100, 10, false));
            List<String> steps = new ArrayList<>();
            try (ResultSet rows = explain.executeQuery()) {
                while (rows.next()) {
                    steps.add(rows.getString("detail"));
                }
            }
            return steps;
        });

        assertThat(plan).as(sql).noneMatch(step -> step.contains("TEMP B-TREE"));
        assertThat(plan).as(sql).noneMatch(step -> step.matches("SCAN (e|t|o)\\b.*"));
    }

    @Test
    void two_thousand_alternatives_and_types_and_tags_have_no_hidden_limit() {
        Query everyThird = Query.none();
        List<String> types = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            Events.append(store, Events.event("type" + i, "bead:" + i, "all:yes"));
            everyThird = i % 3 == 0 ? everyThird.or(Query.tagged("bead", "" + i)) : everyThird;
            types.add("type" + i);
        }
        store.append(Append.of(List.of(Events.event("tagged").withTags(manyTags(2_000)))));

        assertThat(Events.sequences(Events.all(store, everyThird)))
                .isEqualTo(IntStream.range(0, 667).mapToObj(i -> 1L + 3L * i).toList());
        assertThat(Events.all(store, Query.ofTypes(types))).hasSize(2_000);
        assertThat(Events.all(store, Query.tagged("all", "yes").and(Query.ofTypes(types))))
                .hasSize(2_000);
        assertThat(Events.sequences(Events.all(store, Query.taggedWithAll(manyTags(2_000)))))
                .containsExactly(2_001L);
        assertThat(Events.sequences(store.read(
                                everyThird, ReadOptions.defaults().newestFirst().withLimit(2))
                        .events()))
                .containsExactly(1_999L, 1_996L);
    }

    @Test
    void a_page_of_large_events_is_cut_and_goes_on() {
        String large = "\"" + "x".repeat(3_000_000) + "\"";
        for (int i = 0; i < 5; i++) {
            Events.append(store, NewEvent.of("large", large));
        }

        var page = store.read(Query.all(), ReadOptions.defaults());

        assertThat(page.complete()).isFalse();
        assertThat(page.events()).hasSize(3);
        assertThat(page.upTo()).isEqualTo(3);
        assertThat(Events.all(store)).hasSize(5);
    }
}
