package dev.recount.testkit;

import static dev.recount.testkit.Seats.freed;
import static dev.recount.testkit.Seats.taken;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.opentest4j.AssertionFailedError;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ProjectorSpecTest {

    @Test
    void passes_where_the_state_is_the_expected_one() {
        ProjectorSpec.of(new Seats.Rules())
                .then(Map.of())
                .given(taken("1", "Ann"), taken("2", "Bob"))
                .given(freed("1"))
                .then(Map.of("2", "Bob"));
    }

    @Test
    void fails_with_the_events_and_both_states() {
        ProjectorSpec<Map<String, String>, Seats.Event> spec =
                ProjectorSpec.of(new Seats.Rules()).given(taken("1", "Ann"));

        assertThatExceptionOfType(AssertionFailedError.class)
                .isThrownBy(() -> spec.then(Map.of()))
                .withMessage("""
                        given:
                          Event[type=seat.taken, seat=1, guest=Ann]
                        expected state:
                          {}
                        actual state:
                          {1=Ann}""");
    }

    @Test
    void fails_where_a_batch_changes_the_state_it_was_given_in_place() {
        ProjectorSpec<Map<String, String>, Seats.Event> spec =
                ProjectorSpec.of(new Seats.InPlace()).given(taken("1", "Ann"), taken("2", "Bob"));

        assertThatExceptionOfType(AssertionFailedError.class)
                .isThrownBy(() -> spec.then(Map.of("1", "Ann", "2", "Bob")))
                .withMessage("""
                        Broken law: Purity (after 1 events)
                        given:
                          Event[type=seat.taken, seat=1, guest=Ann]
                        projectAll of events 2 to 2 left the state that it was given as:
                          {1=Ann, 2=Bob}
                        one by one:
                          {1=Ann}""");
    }
}
