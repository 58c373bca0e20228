package dev.recount.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.recount.event.StoredEvent;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ReadOptionsTest {

    @Test
    void by_default_read_everything_oldest_first_in_pages_of_500() {
        ReadOptions options = ReadOptions.defaults();

        assertThat(options.after()).isZero();
        assertThat(options.until()).isEqualTo(Long.MAX_VALUE);
        assertThat(options.limit()).isEqualTo(500);
        assertThat(options.isNewestFirst()).isFalse();
        assertThat(options).hasToString("after 0, at most 500");
    }

    @Test
    void each_wither_changes_one_option_alone() {
        ReadOptions all = ReadOptions.defaults().after(1).until(9).withLimit(2).newestFirst();

        assertThat(all)
                .isEqualTo(ReadOptions.defaults()
                        .newestFirst()
                        .withLimit(2)
                        .until(9)
                        .after(1));
        assertThat(all)
                .hasSameHashCodeAs(ReadOptions.defaults()
                        .newestFirst()
                        .withLimit(2)
                        .until(9)
                        .after(1));
        assertThat(all).hasToString("after 1 until 9, at most 2, newest first");
        assertThat(all).isNotEqualTo(all.after(2)).isNotEqualTo(all.until(8)).isNotEqualTo(all.withLimit(3));
    }

    @Test
    void sequences_below_0_and_pages_below_1_are_refused() {
        assertThat(ReadOptions.defaults().until(0).until()).isZero();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ReadOptions.defaults().after(-1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ReadOptions.defaults().until(-1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ReadOptions.defaults().withLimit(0))
                .withMessage("A page of 0 events is not one. Give a limit of at least 1.");
    }

    @Test
    void a_page_copies_its_events_and_knows_its_condition() {
        List<StoredEvent> events = new ArrayList<>();
        Page page = new Page(Query.tagged("a", "1"), events, 7, true);

        assertThat(page.events()).isNotSameAs(events).isEmpty();
        assertThat(page.unchanged())
                .isEqualTo(AppendCondition.noneMatching(Query.tagged("a", "1")).after(7));
    }
}
