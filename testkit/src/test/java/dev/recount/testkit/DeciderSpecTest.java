package dev.recount.testkit;

import static dev.recount.testkit.Seats.free;
import static dev.recount.testkit.Seats.freed;
import static dev.recount.testkit.Seats.take;
import static dev.recount.testkit.Seats.taken;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.recount.decider.CommandRejected;
import dev.recount.event.Tags;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.opentest4j.AssertionFailedError;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class DeciderSpecTest {

    private static final DeciderSpec<Seats.Command, Map<String, String>, Seats.Event> SPEC =
            DeciderSpec.of(new Seats.Rules());
    private static final DeciderSpec<Seats.Command, Map<String, String>, Seats.Event> ENCODED =
            SPEC.encodedBy(new Seats.Codec());

    private static final class OtherReason extends CommandRejected {
        OtherReason() {
            super("OTHER", "Another reason.");
        }
    }

    @Nested
    class Then {

        @Test
        void passes_where_the_events_are_the_expected_ones() {
            SPEC.given(taken("12A", "Ann")).when(free("12A")).then(freed("12A"));
        }

        @Test
        void fails_with_given_when_expected_and_actual() {
            ThrowingCallable check =
                    () -> SPEC.given(taken("12A", "Ann")).when(free("12A")).then(freed("12B"));

            fails(check, """
                    given:
                      Event[type=seat.taken, seat=12A, guest=Ann]
                    when:
                      Command[action=free, seat=12A, guest=]
                    expected:
                      Event[type=seat.freed, seat=12B, guest=]
                    actual:
                      Event[type=seat.freed, seat=12A, guest=]""");
        }

        @Test
        void fails_with_the_rejection_where_the_command_was_rejected() {
            ThrowingCallable check = () ->
                    SPEC.given(taken("12A", "Ann")).when(take("12A", "Bob")).then(taken("12A", "Bob"));

            fails(check, "  rejected: SeatAlreadyTaken (SEAT_ALREADY_TAKEN): Seat 12A is taken. Choose another.");
        }

        @Test
        void adds_up_what_is_given_in_several_calls() {
            SPEC.given(taken("1", "Ann")).given(freed("1")).when(free("1")).thenNothing();
        }

        @Test
        void fails_where_a_decided_event_does_not_come_back_from_the_codec() {
            ThrowingCallable check = () -> SPEC.encodedBy(new Seats.ForgetfulCodec())
                    .when(take("1", "Ann"))
                    .then(taken("1", "Ann"));

            fails(check, "A decided event does not come back from the codec as it was.");
        }
    }

    @Nested
    class Given {

        @Test
        void fails_where_an_event_cannot_be_encoded() {
            fails(
                    () -> ENCODED.given(freed("")).when(free("1")),
                    "A given event cannot be encoded: A seat without a number");
        }

        @Test
        void fails_where_an_event_cannot_be_decoded() {
            fails(() -> ENCODED.given(taken("1", "An\"n")).when(free("1")), "A given event cannot be");
        }
    }

    @Nested
    class Then_nothing {

        @Test
        void passes_where_nothing_was_decided() {
            SPEC.when(free("12A")).thenNothing();
        }

        @Test
        void fails_where_the_command_was_rejected() {
            fails(
                    () -> SPEC.given(taken("1", "Ann")).when(take("1", "Bob")).thenNothing(),
                    "expected:\n  nothing\nactual:\n  rejected: SeatAlreadyTaken");
        }
    }

    @Nested
    class Then_rejected {

        @Test
        void passes_by_class_and_by_code() {
            SPEC.given(taken("1", "Ann"))
                    .when(take("1", "Bob"))
                    .thenRejected(Seats.SeatAlreadyTaken.class)
                    .thenRejected("SEAT_ALREADY_TAKEN");
        }

        @Test
        void looks_into_the_rejection() {
            var outcome = SPEC.given(taken("1", "Ann")).when(take("1", "Bob"));

            outcome.thenRejected(
                    Seats.SeatAlreadyTaken.class,
                    rejected -> assertThat(rejected.code()).isEqualTo("SEAT_ALREADY_TAKEN"));
            fails(
                    () -> outcome.thenRejected(Seats.SeatAlreadyTaken.class, rejected -> {
                        throw new AssertionFailedError("it is for seat 1");
                    }),
                    "it is for seat 1");
            fails(() -> outcome.thenRejected(OtherReason.class, rejected -> {}), "expected:\n  rejected: OtherReason");
        }

        @Test
        void fails_for_another_reason() {
            var outcome = SPEC.given(taken("1", "Ann")).when(take("1", "Bob"));

            fails(() -> outcome.thenRejected(OtherReason.class), "expected:\n  rejected: OtherReason");
            fails(() -> outcome.thenRejected("OTHER"), "expected:\n  rejected: OTHER");
        }

        @Test
        void fails_where_the_command_was_accepted() {
            var outcome = SPEC.when(take("1", "Bob"));

            fails(() -> outcome.thenRejected(Seats.SeatAlreadyTaken.class), "actual:\n  Event[type=seat.taken");
            fails(() -> outcome.thenRejected("SEAT_ALREADY_TAKEN"), "actual:\n  Event[type=seat.taken");
        }
    }

    @Nested
    class Then_state {

        @Test
        void compares_the_state_after_the_events() {
            SPEC.given(taken("1", "Ann")).when(take("2", "Bob")).thenState(Map.of("1", "Ann", "2", "Bob"));
            SPEC.given(taken("1", "Ann")).when(take("1", "Bob")).thenState(Map.of("1", "Ann"));
        }

        @Test
        void fails_with_both_states() {
            fails(
                    () -> SPEC.when(take("2", "Bob")).thenState(Map.of()),
                    "expected state:\n  {}\nactual state:\n  {2=Bob}");
        }
    }

    @Nested
    class Then_tagged {

        @Test
        void compares_the_tags_that_the_codec_gives() {
            ENCODED.when(take("1", "Ann")).thenTagged(Tags.of("seat", "1"));
        }

        @Test
        void fails_with_both_tags() {
            fails(
                    () -> ENCODED.when(take("1", "Ann")).thenTagged(Tags.of("seat", "2")),
                    "expected tags:\n  seat:2\nactual tags:\n  seat:1");
        }

        @Test
        void needs_a_codec() {
            assertThatIllegalStateException()
                    .isThrownBy(() -> SPEC.when(take("1", "Ann")).thenTagged(Tags.none()))
                    .withMessage("Tags come from a codec. Give one with encodedBy(codec).");
        }
    }

    private static void fails(ThrowingCallable check, String message) {
        assertThatExceptionOfType(AssertionFailedError.class).isThrownBy(check).withMessageContaining(message);
    }
}
