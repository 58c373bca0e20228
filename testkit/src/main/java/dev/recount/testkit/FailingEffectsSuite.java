package dev.recount.testkit;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.recount.reaction.Attempt;
import dev.recount.reaction.ReactionId;
import dev.recount.reaction.Retries;
import dev.recount.reaction.RunningReactor;
import dev.recount.reaction.StoredReaction;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Effects and outcomes that fail are tried again, parked, and hold up no other. */
abstract class FailingEffectsSuite extends ReactorSuite {

    FailingEffectsSuite(ReactorContract contract) {
        super(contract);
    }

    @Test
    void is_tried_again_with_the_same_key_and_longer_waits_and_then_parked() throws Exception {
        store.append(Parcels.order(1, 2));
        broken.set(true);
        RunningReactor reactor = start(
                setup(Parcels.sender())
                        .withRetries(Retries.defaults()
                                .withMaxAttempts(4)
                                .withWaits(Duration.ofSeconds(1), 3, Duration.ofSeconds(5))),
                this::sendUnlessP1IsBroken);

        List<Duration> waits = new ArrayList<>();
        for (int attempt = 1; attempt < 4; attempt++) {
            assertTrue(reactor.awaitIdle(2, LONG));
            assertEquals(1, reactor.status().retrying());
            Instant next = requireNonNull(reactor.status().nextDue());
            waits.add(Duration.between(clock.instant(), next));
            clock.set(next.minusMillis(1));
            assertTrue(reactor.awaitIdle(2, LONG));
            assertEquals(attempt + 1, attempts.size());
            clock.set(next);
        }
        assertTrue(reactor.awaitIdle(2, LONG));

        assertEquals(List.of(Duration.ofSeconds(1), Duration.ofSeconds(3), Duration.ofSeconds(5)), waits);
        assertEquals(
                List.of(1, 2, 3, 4),
                attempts.stream()
                        .filter(attempt -> attempt.key().contains("-1-0-"))
                        .map(Attempt::number)
                        .toList());
        assertEquals(1, reactor.parked(10).size());
        assertEquals(
                "java.io.IOException: the van is broken",
                reactor.parked(10).get(0).reason());
        assertEquals(1, reactor.status().parked());
        assertEquals(List.of("p2"), sent());
        assertEquals(List.of("failed 1/0", "failed 1/0", "failed 1/0", "parked 1/0"), told);
    }

    @Test
    void what_was_parked_is_performed_when_a_hand_has_it_tried_again() throws Exception {
        store.append(Parcels.order(1, 1));
        broken.set(true);
        RunningReactor reactor = start(
                setup(Parcels.sender()).withRetries(Retries.defaults().withMaxAttempts(1)), this::sendUnlessP1IsBroken);
        assertTrue(reactor.awaitIdle(1, LONG));
        assertEquals(1, reactor.parked(10).size());

        broken.set(false);
        assertTrue(reactor.retry(new ReactionId(1, 0)));
        assertTrue(reactor.awaitIdle(1, LONG));

        assertEquals(List.of("p1"), sent());
        assertEquals(List.of(), reactor.parked(10));
        assertFalse(reactor.retry(new ReactionId(1, 0)));
        assertEquals(List.of(1, 1), numbers());
    }

    @Test
    void a_next_try_can_be_brought_forward_by_hand() throws Exception {
        store.append(Parcels.order(1, 1));
        broken.set(true);
        RunningReactor reactor = start(setup(Parcels.sender()), this::sendUnlessP1IsBroken);
        assertTrue(reactor.awaitIdle(1, LONG));

        broken.set(false);
        assertTrue(reactor.retry(new ReactionId(1, 0)));

        assertTrue(reactor.awaitIdle(1, LONG));
        assertEquals(List.of("p1"), sent());
    }

    @Test
    void an_error_and_an_interrupt_are_the_effects_own() throws Exception {
        store.append(Parcels.order(1, 2));

        RunningReactor reactor = start(setup(Parcels.sender()), (intent, attempt) -> {
            if (intent.equals("p1")) {
                Thread.currentThread().interrupt();
                throw new StackOverflowError("too deep");
            }
            return send(intent, attempt);
        });

        assertTrue(reactor.awaitIdle(2, LONG));
        assertEquals(List.of("p2"), sent());
        assertTrue(reactor.isRunning());
    }

    @Test
    void an_exception_that_cannot_be_told_parks_its_reaction_alone() throws Exception {
        store.append(Parcels.order(1, 2));
        RunningReactor reactor =
                start(setup(Parcels.sender()).withRetries(Retries.defaults().withMaxAttempts(1)), (intent, attempt) -> {
                    if (intent.equals("p1")) {
                        throw new Untold();
                    }
                    return send(intent, attempt);
                });

        assertTrue(reactor.awaitIdle(2, LONG));
        assertEquals(List.of("p2"), sent());
        assertTrue(reactor.isRunning());
        assertEquals(
                List.of(Untold.class.getName() + ", which cannot say why"),
                reactor.parked(10).stream().map(StoredReaction::reason).toList());
    }

    private static final class Untold extends RuntimeException {

        private static final long serialVersionUID = 1L;

        @Override
        public String getMessage() {
            throw new IllegalStateException("not even that");
        }
    }

    @Test
    void times_that_no_clock_can_reckon_with_are_refused_when_they_are_given() {
        Duration forEver = Duration.ofSeconds(Long.MAX_VALUE);

        assertEquals(
                "A lease of " + forEver + " is too long. Give at most 36500 days.",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> setup(Parcels.sender()).withLease(forEver))
                        .getMessage());
        IllegalArgumentException refused = assertThrows(
                IllegalArgumentException.class, () -> Retries.defaults().withWaits(Duration.ZERO, 2, forEver));
        assertTrue(refused.toString().contains(forEver.toString()), refused::toString);
    }
}
