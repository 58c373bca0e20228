package dev.recount.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class FiguresTest {

    @Test
    void the_ratio_is_the_median_of_the_rounds_and_not_the_ratio_of_the_medians() {
        Spread ratio = Spread.ofRatios(new double[] {10, 30, 40}, new double[] {10, 10, 40});

        assertThat(ratio).isEqualTo(new Spread(1, 1, 3, 3));
    }

    @Test
    void the_median_of_an_even_number_of_rounds_lies_between_the_two_in_the_middle() {
        assertThat(Spread.of(4, 1, 3, 100).median()).isEqualTo(3.5);
    }

    @Test
    void no_rounds_have_no_median() {
        assertThatThrownBy(Spread::of)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("There is no median of no figures. Run at least one round.");
    }

    @Test
    void a_cost_has_to_be_at_most_and_a_speed_at_least_so_many_times_the_floor() {
        assertThat(Target.ratioAtMost(1.3).isMet(0, 1.3)).isTrue();
        assertThat(Target.ratioAtMost(1.3).isMet(0, 1.31)).isFalse();
        assertThat(Target.ratioAtLeast(4).isMet(0, 4)).isTrue();
        assertThat(Target.ratioAtLeast(4).isMet(0, 3.99)).isFalse();
        assertThat(Target.atMost(100, "us").isMet(100, 9)).isTrue();
        assertThat(Target.atMost(100, "us").isMet(101, 0.5)).isFalse();
    }

    @Test
    void a_figure_that_is_missing_reaches_no_target() {
        assertThat(Target.ratioAtMost(1.3).isMet(1, Double.NaN)).isFalse();
        assertThat(Target.atMost(200, "KiB").isMet(Double.NaN, 1)).isFalse();
        assertThat(Target.none().isMet(Double.NaN, Double.NaN)).isTrue();
    }

    @Test
    void targets_are_written_as_a_reader_would() {
        assertThat(Target.ratioAtMost(1.15)).hasToString("<=1.15");
        assertThat(Target.ratioAtLeast(4)).hasToString(">=4");
        assertThat(Target.atMost(15_000, "us")).hasToString("<=15000 us");
        assertThat(Target.none()).hasToString("none");
    }

    @Test
    void figures_keep_three_digits() {
        assertThat(Figure.of(1.3352)).isEqualTo("1.34");
        assertThat(Figure.of(4)).isEqualTo("4");
        assertThat(Figure.of(0.050)).isEqualTo("0.05");
        assertThat(Figure.of(1_234_567.8)).isEqualTo("1234568");
        assertThat(Figure.of(Double.NaN)).isEqualTo("-");
        assertThat(Figure.json(1_234_567.8)).isEqualTo("1234600");
        assertThat(Figure.json(Double.POSITIVE_INFINITY)).isEqualTo("null");
    }

    @Test
    void lanes_run_in_turn_and_the_warm_up_does_not_count() throws Exception {
        List<String> order = new ArrayList<>();
        double[] next = {100, 7, 9};
        int[] round = {0};
        Contest contest = new Contest()
                .lane("ours", () -> {
                    order.add("ours");
                    return next[round[0]];
                })
                .lane("floor", () -> {
                    order.add("floor");
                    round[0]++;
                    return 1;
                });

        Rounds rounds = contest.run(1, 2);

        assertThat(order).containsExactly("ours", "floor", "ours", "floor", "ours", "floor");
        assertThat(rounds.median("ours")).isEqualTo(8);
        assertThat(rounds.ratio("ours", "floor")).isEqualTo(new Spread(8, 7, 9, 2));
    }

    @Test
    void single_calls_take_turns_in_being_the_first_and_each_has_a_number_of_its_own() throws Exception {
        List<String> order = new ArrayList<>();
        CallContest contest = new CallContest()
                .lane("ours", number -> order.add("ours " + number))
                .lane("floor", number -> order.add("floor " + number));

        Rounds rounds = contest.run(1, 2, Duration.ofMinutes(1));

        assertThat(order)
                .containsExactly("ours 0", "floor 0", "floor 1", "ours 1", "ours 2", "floor 2", "floor 3", "ours 3");
        assertThat(rounds.ratio("ours", "floor").rounds()).isEqualTo(1);
        assertThat(contest.latency("ours").max()).isPositive();
    }

    @Test
    void latencies_are_told_in_microseconds() {
        Histogram nanos = new Histogram(3);
        for (int micros = 1; micros <= 1_000; micros++) {
            nanos.recordValue(micros * 1_000L);
        }

        Latency latency = Latency.of(nanos);

        assertThat(latency.p50()).isBetween(499.0, 501.0);
        assertThat(latency.p99()).isBetween(989.0, 991.0);
        assertThat(latency.p999()).isBetween(998.0, 1_000.5);
    }
}
