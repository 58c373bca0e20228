package dev.recount.testkit;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.recount.reaction.ReactorListener;
import dev.recount.reaction.RunningReactor;
import dev.recount.reaction.StoredReaction;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What a listener is told, it is told before its reactor counts as idle, and what it throws harms nothing. */
abstract class ReactorListenersSuite extends ReactorSuite {

    ReactorListenersSuite(ReactorContract contract) {
        super(contract);
    }

    @Test
    void is_idle_only_when_the_listener_has_been_told() throws Exception {
        store.append(Parcels.order(1, 1));
        broken.set(true);
        CountDownLatch isTold = new CountDownLatch(1);
        CompletableFuture<Void> goOn = new CompletableFuture<Void>().completeOnTimeout(null, 60, TimeUnit.SECONDS);
        RunningReactor reactor =
                start(setup(Parcels.sender()).reportingTo(slow(isTold, goOn)), this::sendUnlessP1IsBroken);
        assertTrue(isTold.await(60, TimeUnit.SECONDS));

        assertTrue(requireNonNull(reactor.status().nextDue()).isAfter(clock.instant()));
        assertFalse(reactor.awaitIdle(1, Duration.ofMillis(1)));
        goOn.complete(null);

        assertTrue(reactor.awaitIdle(1, LONG));
        assertEquals(List.of("failed 1/0"), told);
    }

    private ReactorListener slow(CountDownLatch isTold, CompletableFuture<Void> goOn) {
        return new ReactorListener() {
            @Override
            public void failed(StoredReaction reaction, Throwable cause) {
                isTold.countDown();
                goOn.join();
                told.add("failed " + reaction.id());
            }
        };
    }

    @Test
    void a_listener_that_throws_harms_nothing() throws Exception {
        store.append(Parcels.order(1, 2));
        broken.set(true);

        RunningReactor reactor = start(
                setup(Parcels.sender()).reportingTo(new ReactorListener() {
                    @Override
                    public void failed(StoredReaction reaction, Throwable cause) {
                        throw new AssertionError("deaf");
                    }
                }),
                this::sendUnlessP1IsBroken);

        assertTrue(reactor.awaitIdle(2, LONG));
        assertEquals(List.of("p2"), sent());
    }
}
