package dev.recount.testkit;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.recount.reaction.Attempt;
import dev.recount.reaction.Lease;
import dev.recount.reaction.RunningReactor;
import dev.recount.store.EventStore;
import dev.recount.testkit.Parcels.ConfirmParcel;
import dev.recount.testkit.Parcels.ParcelCommand;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/** Of several instances one performs, and another takes over from it. */
abstract class ReactorInstancesSuite extends ReactorSuite {

    ReactorInstancesSuite(ReactorContract contract) {
        super(contract);
    }

    private final CountDownLatch inEffect = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);

    @Test
    void one_leads_and_another_takes_over_when_it_is_closed() throws Exception {
        store.append(Parcels.order(1, 2));
        RunningReactor first = start(setup(Parcels.sender()).withOwner("first"), this::send);
        assertTrue(first.awaitIdle(2, LONG));
        EventStore other = openAnother();
        RunningReactor second = start(setup(other, Parcels.sender()).withOwner("second"), this::send);
        store.append(Parcels.order(3, 1));

        // Whoever stands by can tell, too.
        assertTrue(second.awaitIdle(5, LONG));
        assertEquals("first", leader(second));
        first.close();
        store.append(Parcels.order(4, 1));
        assertTrue(second.awaitIdle(7, LONG));

        assertEquals("second", leader(second));
        assertEquals(List.of("p1", "p2", "p3", "p4"), performed);
        assertEquals(List.of("p1", "p2", "p3", "p4"), sent());
        assertTrue(attempts.get(3).fence() > attempts.get(0).fence());
        second.close();
    }

    /** At least once: a held-up instance and its successor both do it. The outcome is recorded once. */
    @Test
    void one_that_is_held_up_is_taken_over_from_and_fenced() throws Exception {
        store.append(Parcels.order(1, 1));
        RunningReactor heldUp = start(setup(Parcels.sender()).withOwner("held up"), this::sendAfterALongTime);
        assertTrue(inEffect.await(60, TimeUnit.SECONDS));
        // Its clock stands still; by the other's, its lease is over.
        SettableClock later = new SettableClock();
        later.move(Duration.ofHours(1));
        EventStore other = openAnother();
        RunningReactor successor =
                start(setup(other, Parcels.sender()).withOwner("successor").withClock(later), this::send);
        assertTrue(successor.awaitIdle(1, LONG));
        assertEquals(List.of("failed 1/0"), told);
        later.move(Duration.ofSeconds(1));
        assertTrue(successor.awaitIdle(1, LONG));
        assertEquals(List.of("p1"), sent());

        goOn.countDown();
        heldUp.close();

        assertEquals(List.of("p1", "p1 after a long time"), performed);
        assertEquals(List.of("p1"), sent());
        assertEquals(List.of(attempts.get(0).key(), attempts.get(0).key()), keys());
        assertTrue(attempts.get(1).fence() > attempts.get(0).fence());
        assertEquals("successor", leader(successor));
        assertEquals(Optional.empty(), heldUp.failure());
        successor.close();
    }

    @Test
    void closing_waits_for_the_effect_and_records_its_outcome() throws Exception {
        store.append(Parcels.order(1, 1));
        RunningReactor reactor = start(setup(Parcels.sender()), this::sendAfterALongTime);
        assertTrue(inEffect.await(60, TimeUnit.SECONDS));
        assertFalse(reactor.awaitIdle(1, Duration.ofMillis(1)));

        Thread closing = new Thread(reactor::close);
        closing.start();
        await(() -> !reactor.isRunning());
        goOn.countDown();
        closing.join(60_000);

        assertFalse(closing.isAlive());
        assertEquals(List.of("p1"), sent());
        assertNull(reactor.status().lease());
    }

    @Test
    void nobody_takes_over_while_one_that_is_closing_is_still_in_a_long_effect() throws Exception {
        store.append(Parcels.order(1, 1));
        RunningReactor closes =
                start(setup(Parcels.sender()).withLease(Duration.ofSeconds(30)), this::sendAfterALongTime);
        assertTrue(inEffect.await(60, TimeUnit.SECONDS));
        Thread closing = new Thread(closes::close);
        closing.start();
        await(() -> !closes.isRunning());

        for (int i = 0; i < 3; i++) {
            clock.move(Duration.ofSeconds(20));
            await(() -> isLeasedUntil(clock.instant().plusSeconds(30), closes));
        }
        goOn.countDown();
        closing.join(60_000);

        assertEquals(List.of("p1"), sent());
        assertEquals(0, closes.status().pending());
        assertNull(closes.status().lease());
    }

    private static boolean isLeasedUntil(Instant until, RunningReactor reactor) {
        reactor.wake();
        Lease lease = reactor.status().lease();
        return lease != null && !lease.until().isBefore(until);
    }

    private static String leader(RunningReactor reactor) {
        return requireNonNull(reactor.status().lease()).owner();
    }

    private static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + LONG.toNanos();
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < end, "It did not come about within " + LONG.toSeconds() + " s.");
            Thread.onSpinWait();
        }
    }

    @Test
    void an_effect_may_close_its_own() throws Exception {
        store.append(Parcels.order(1, 2));
        CompletableFuture<RunningReactor> own = new CompletableFuture<>();
        RunningReactor reactor = start(setup(Parcels.sender()), (intent, attempt) -> {
            own.join().close();
            return send(intent, attempt);
        });
        own.complete(reactor);

        await(() -> !performed.isEmpty() && reactor.status().lease() == null);

        assertEquals(List.of("p1"), sent());
        assertEquals(Optional.empty(), reactor.failure());
    }

    private Optional<ParcelCommand> sendAfterALongTime(String intent, Attempt attempt) throws Exception {
        attempts.add(attempt);
        inEffect.countDown();
        assertTrue(goOn.await(60, TimeUnit.SECONDS));
        performed.add(intent + " after a long time");
        return Optional.of(new ConfirmParcel(intent, "another reference"));
    }
}
