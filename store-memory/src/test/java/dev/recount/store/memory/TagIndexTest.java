package dev.recount.store.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recount.event.NewEvent;
import dev.recount.event.StoredEvent;
import dev.recount.event.Tags;
import dev.recount.store.Query;
import dev.recount.store.ReadOptions;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TagIndexTest {

    private static final Query EVEN = Query.tagged("parity", "0");

    private final EventTable table = new EventTable();

    @Test
    void an_older_view_finds_what_it_holds_after_a_newer_one_was_indexed() {
        add(1, 10);
        EventTable.View older = table.view();
        add(11, 2_000);

        assertThat(sequences(table.view(), ReadOptions.defaults().after(1_990)))
                .containsExactly(1992L, 1994L, 1996L, 1998L, 2000L);
        assertThat(sequences(older, ReadOptions.defaults())).containsExactly(2L, 4L, 6L, 8L, 10L);
        assertThat(sequences(older, ReadOptions.defaults().newestFirst())).containsExactly(10L, 8L, 6L, 4L, 2L);
    }

    @Test
    void what_is_not_indexed_yet_is_a_candidate_in_both_directions() {
        add(1, 10);
        Candidates early = Candidates.of(EVEN, table.view());

        assertThat(early.ceiling(9)).isEqualTo(10);
        assertThat(early.ceiling(11)).isEqualTo(11);
        assertThat(early.floor(12)).isEqualTo(12);
        assertThat(early.floor(9)).isEqualTo(8);
    }

    private void add(int first, int last) {
        table.add(
                IntStream.rangeClosed(first, last)
                        .mapToObj(i -> NewEvent.of("counted", "{}").withTags(Tags.of("parity", String.valueOf(i % 2))))
                        .toList(),
                Instant.EPOCH);
    }

    private static List<Long> sequences(EventTable.View view, ReadOptions options) {
        return PageReader.read(view, EVEN, options).events().stream()
                .map(StoredEvent::sequence)
                .toList();
    }
}
