package dev.recount.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recount.event.NewEvent;
import dev.recount.event.Tags;
import dev.recount.store.Append;
import dev.recount.store.Query;
import dev.recount.store.ReadOptions;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
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
        requireIndexed(session -> {
            PageReader.read(session, query, new Window(0, 100, 10, false));
            PageReader.read(session, query, new Window(0, 100, 10, true));
            PageReader.read(session, query, Window.first(0, 100));
            PackedPageReader.read(session, query, new Window(0, 100, 10, false));
            return true;
        });
    }

    @Test
    void a_moment_the_head_a_receipt_and_a_checkpoint_are_found_without_a_search() {
        Events.append(store, Events.event("a"), Events.event("b"));

        requireIndexed(session -> {
            assertThat(MomentFinder.sequenceAt(session, folder, Instant.MAX)).isEqualTo(2);
            assertThat(LogRow.head(session)).isEqualTo(2);
            return Receipts.find(session, "key");
        });
        requireIndexed(
                session -> session.rows("SELECT version, checkpoint FROM recount_read_models WHERE name = ?", "beads"));
    }

    // Whatever statements the work has prepared are looked at, so none can be forgotten here.
    private void requireIndexed(Readers.Work<?> work) {
        try (Session session = Session.open(folder.resolve("log.db"), "", 1_000)) {
            work.run(session);
            List<String> texts = session.preparedTexts();
            assertThat(texts).isNotEmpty();
            for (String text : texts) {
                requireIndexed(session, text);
            }
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private static void requireIndexed(Session session, String sql) throws SQLException {
        List<String> plan = session.rows("EXPLAIN QUERY PLAN " + sql).stream()
                .map(step -> String.valueOf(step.get("detail")))
                .toList();

        assertThat(plan).as(sql).isNotEmpty();
        assertThat(plan).as(sql).noneMatch(step -> step.contains("TEMP B-TREE"));
        assertThat(plan).as(sql).noneMatch(step -> step.matches("SCAN (e|t|o|recount_(?!log\\b)\\w+)\\b.*"));
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
