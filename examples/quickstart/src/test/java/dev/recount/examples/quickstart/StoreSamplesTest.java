package dev.recount.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.recount.event.NewEvent;
import dev.recount.event.Tags;
import dev.recount.store.Append;
import dev.recount.store.AppendCondition;
import dev.recount.store.AppendConditionFailed;
import dev.recount.store.EventStore;
import dev.recount.store.Page;
import dev.recount.store.Query;
import dev.recount.store.ReadOptions;
import dev.recount.store.memory.MemoryEventStore;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** The samples about stored events, run. {@link DocumentationTest} sees to it that none is missing here. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class StoreSamplesTest {

    private final NewEvent seatTaken = NewEvent.of("seat.taken", "{}").withTags(Tags.of("seat", "12A"));

    @Test
    void tags_are_texts_by_key() {
        Tags tags = Tags.of("bead", "gt-1a2b").and("agent", "toast");
        tags.value("bead"); // Optional[gt-1a2b]
        tags.asList(); // [agent:toast, bead:gt-1a2b]

        assertThat(tags.value("bead")).contains("gt-1a2b");
        assertThat(tags.asList()).containsExactly("agent:toast", "bead:gt-1a2b");
    }

    @Test
    void a_query_is_alternatives_of_tags_and_types() {
        Query either = Query.tagged("bead", "gt-1a2b").or(Query.tagged("agent", "toast"));
        Query closings = Query.tagged("bead", "gt-1a2b").and(Query.ofTypes("bead.closed"));

        assertThat(either.matches("bead.hooked", Tags.of("agent", "toast"))).isTrue();
        assertThat(closings.matches("bead.hooked", Tags.of("bead", "gt-1a2b"))).isFalse();
    }

    @Test
    void a_store_in_memory_is_made_from_nothing() {
        EventStore store = MemoryEventStore.create();

        store.append(Append.of(List.of(seatTaken)));

        assertThat(store.info().head()).isEqualTo(1);
    }

    @Test
    void a_condition_is_a_query_and_a_sequence() {
        AppendCondition neverTaken = AppendCondition.noneMatching(Query.tagged("seat", "12A"));
        AppendCondition notSince =
                AppendCondition.noneMatching(Query.tagged("seat", "12A")).after(412);

        EventStore store = storeOf(412);
        Append append = Append.of(List.of(seatTaken));
        assertThatThrownBy(() -> store.append(append.when(neverTaken))).isInstanceOf(AppendConditionFailed.class);
        assertThat(store.append(append.when(notSince)).last()).isEqualTo(413);
        assertThatThrownBy(() -> store.append(append.when(notSince))).isInstanceOf(AppendConditionFailed.class);
    }

    @Test
    void a_page_is_a_part_in_either_order() {
        ReadOptions next = ReadOptions.defaults().after(412).withLimit(100);
        ReadOptions newest = ReadOptions.defaults().newestFirst().withLimit(20);

        EventStore store = storeOf(600);
        assertThat(store.read(Query.all(), next).events())
                .hasSize(100)
                .first()
                .matches(event -> event.sequence() == 413);
        assertThat(store.read(Query.all(), newest).events())
                .hasSize(20)
                .first()
                .matches(event -> event.sequence() == 600);
    }

    @Test
    void an_append_carries_its_condition_and_its_receipt() {
        EventStore store = MemoryEventStore.create();
        Page page = store.read(Query.tagged("bead", "gt-1a2b"), ReadOptions.defaults());
        NewEvent hooked = NewEvent.of("bead.hooked", "{\"bead\":\"gt-1a2b\",\"agent\":\"toast\"}")
                .withTags(Tags.of("bead", "gt-1a2b").and("agent", "toast"));
        List<NewEvent> events = List.of(hooked);

        store.append(Append.of(events).when(page.unchanged()).withReceipt("command-7"));

        assertThat(store.receipt("command-7")).isPresent();
        assertThatThrownBy(() -> store.append(Append.of(events).when(page.unchanged())))
                .isInstanceOf(AppendConditionFailed.class);
    }

    private EventStore storeOf(int events) {
        EventStore store = MemoryEventStore.create();
        store.append(Append.of(Collections.nCopies(events, seatTaken)));
        return store;
    }
}
