package dev.recount.decider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class BatchProjectorTest {

    private int opened;
    private int closed;

    private final Projector<List<Object>, Object> all = Projector.inBatches(
            List.of(),
            state -> {
                opened++;
                return new ArrayList<>(state);
            },
            List::add,
            changing -> {
                closed++;
                return List.copyOf(changing);
            });

    @Test
    void opens_and_closes_once_for_a_whole_batch() {
        List<Object> state = all.projectAll(all.initialState(), once(List.of("a", "b", "c")));

        assertThat(state).containsExactly("a", "b", "c");
        assertThat(opened).isEqualTo(1);
        assertThat(closed).isEqualTo(1);
    }

    @Test
    void gives_the_state_itself_for_no_events_and_opens_nothing() {
        List<Object> state = List.of("a");

        assertThat(all.projectAll(state, once(List.of()))).isSameAs(state);
        assertThat(opened).isZero();
    }

    @Test
    void leaves_the_state_it_was_given_as_it_was() {
        List<Object> one = all.project(all.initialState(), "a");

        List<Object> two = all.project(one, "b");

        assertThat(all.initialState()).isEmpty();
        assertThat(one).containsExactly("a");
        assertThat(two).containsExactly("a", "b");
    }

    @Test
    void a_failure_in_a_batch_comes_through_and_closes_nothing() {
        List<Object> state = List.of("a");
        Projector<List<Object>, Object> failing = Projector.inBatches(
                List.of(),
                ArrayList::new,
                (changing, event) -> {
                    changing.add(event);
                    throw new IllegalStateException("at " + event);
                },
                changing -> {
                    closed++;
                    return List.copyOf(changing);
                });

        assertThatIllegalStateException()
                .isThrownBy(() -> failing.projectAll(state, List.of("b")))
                .withMessage("at b");
        assertThat(closed).isZero();
        assertThat(state).containsExactly("a");
    }

    @Test
    void combined_both_see_all_events_of_a_batch_that_can_be_gone_over_once() {
        Projector<Integer, Object> count =
                Projector.<Integer, Object>startingWith(0).on(Object.class, (events, event) -> events + 1);
        List<Object> numbers =
                IntStream.range(0, 2_500).<Object>mapToObj(Integer::valueOf).toList();
        Projector<Both<List<Object>, Integer>, Object> both = Projector.combine(all, count);

        assertThat(both.projectAll(both.initialState(), once(numbers))).isEqualTo(new Both<>(numbers, 2_500));
        assertThat(opened).as("opened, not for each event").isLessThan(10);
    }

    @Test
    void combined_gives_the_state_itself_for_no_events() {
        Projector<Both<List<Object>, List<Object>>, Object> both = Projector.combine(all, all);
        Both<List<Object>, List<Object>> state = new Both<>(List.of("a"), List.of("b"));

        assertThat(both.projectAll(state, once(List.of()))).isSameAs(state);
    }

    @Test
    void adapted_applies_its_own_events_as_one_batch() {
        Projector<List<Object>, String> texts = Projector.inBatches(List.of(), this::opening, List::add, List::copyOf);
        Projector<List<Object>, Object> adapted = Projector.adapt(texts, String.class);
        List<Object> state = List.of("a");

        assertThat(adapted.projectAll(state, once(List.of(1, "b", 2, "c")))).containsExactly("a", "b", "c");
        assertThat(opened).isEqualTo(1);
        assertThat(adapted.projectAll(state, once(List.of(1, 2)))).isSameAs(state);
        assertThat(opened).isEqualTo(1);
    }

    @Test
    void deciders_over_it_apply_a_batch_as_one() {
        Decider<String, List<Object>, Object> decider = Decider.<String, List<Object>, Object>over(all)
                .on(String.class, (command, state) -> List.of(command + state.size()));
        Decider<Object, List<Object>, Object> adapted = Decider.adapt(decider, String.class, Object.class);
        Decider<String, Both<List<Object>, List<Object>>, Object> both = Decider.combine(decider, decider);
        List<Object> events = List.of("a", "b");

        assertThat(decider.projectAll(decider.initialState(), once(events))).isEqualTo(events);
        assertThat(opened).isEqualTo(1);
        assertThat(adapted.projectAll(adapted.initialState(), once(events))).isEqualTo(events);
        assertThat(opened).isEqualTo(2);
        assertThat(both.projectAll(both.initialState(), once(events))).isEqualTo(new Both<>(events, events));
        assertThat(opened).isEqualTo(4);
    }

    private List<Object> opening(List<Object> state) {
        opened++;
        return new ArrayList<>(state);
    }

    private static Iterable<Object> once(List<?> events) {
        Iterator<Iterator<Object>> passes =
                List.of(new ArrayList<Object>(events).iterator()).iterator();
        return passes::next;
    }
}
