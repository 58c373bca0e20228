package dev.recount.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.recount.event.Metadata;
import dev.recount.reaction.Lease;
import dev.recount.reaction.Reacted;
import dev.recount.reaction.ReactionId;
import dev.recount.reaction.Retries;
import dev.recount.reaction.RunningReactor;
import dev.recount.reaction.StoredReaction;
import dev.recount.reaction.StoredReaction.State;
import dev.recount.subscription.Checkpoint;
import dev.recount.subscription.UnusableCheckpoint;
import dev.recount.testkit.Parcels.ConfirmParcel;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A reactor that starts again goes on from what was stored, also where a crash has ended it. */
abstract class ReactorRestartSuite extends ReactorSuite {

    ReactorRestartSuite(ReactorContract contract) {
        super(contract);
    }

    @Test
    void goes_on_from_where_it_was_and_repeats_nothing() throws Exception {
        store.append(Parcels.order(1, 3));
        RunningReactor first = start(setup(Parcels.sender()), this::send);
        assertTrue(first.awaitIdle(3, LONG));
        first.close();
        store.append(Parcels.order(4, 1));

        RunningReactor second = start(setup(Parcels.sender()).fromHead(), this::send);

        assertTrue(second.awaitIdle(7, LONG));
        assertEquals(List.of("p1", "p2", "p3", "p4"), performed);
        assertEquals(List.of("p1", "p2", "p3", "p4"), sent());
    }

    @Test
    void does_not_repeat_an_effect_whose_outcome_was_recorded_before_a_crash() throws Exception {
        store.append(Parcels.order(1, 2));
        String key = "reactor-parcels-1-0-" + store.info().logId();
        Parcels.handler(store)
                .handle(new ConfirmParcel("p1", "recorded"), Metadata.empty().withCommandId(key));

        RunningReactor reactor = start(setup(Parcels.sender()), this::send);

        assertTrue(reactor.awaitIdle(2, LONG));
        assertEquals(List.of("p2"), performed);
        assertEquals(List.of("p1", "p2"), sent());
    }

    @Test
    void performs_what_was_stored_before_a_crash() throws Exception {
        store.append(Parcels.order(1, 1));
        crashAfter(StoredReaction.pending(new ReactionId(1, 0), null, clock.instant()));

        RunningReactor reactor = start(setup(Parcels.sender()).withOwner("a"), this::send);

        assertTrue(reactor.awaitIdle(1, LONG));
        assertEquals(List.of("p1"), performed);
    }

    @Test
    void a_try_that_a_crash_broke_off_waits_and_lets_the_others_go_first() throws Exception {
        store.append(Parcels.order(1, 2));
        crashAfter(new StoredReaction(new ReactionId(1, 0), null, clock.instant(), State.PENDING, 9, ""));

        RunningReactor reactor = start(setup(Parcels.sender()).withOwner("a"), this::send);

        assertTrue(reactor.awaitIdle(2, LONG));
        assertEquals(List.of("p2"), performed);
        assertEquals(clock.instant().plusSeconds(256), reactor.status().nextDue());
        assertEquals(List.of("failed 1/0"), told);
        clock.move(Duration.ofSeconds(256));
        assertTrue(reactor.awaitIdle(2, LONG));
        assertEquals(List.of("p2", "p1"), performed);
        assertEquals(10, attempts.get(1).number());
    }

    @Test
    void parks_what_a_changed_reactor_no_longer_gives() throws Exception {
        store.append(Parcels.order(1, 1));
        crashAfter(StoredReaction.pending(new ReactionId(1, 1), null, clock.instant()));

        RunningReactor reactor = start(
                setup(Parcels.sender())
                        .withOwner("a")
                        .withRetries(Retries.defaults().withMaxAttempts(1)),
                this::send);

        assertTrue(reactor.awaitIdle(1, LONG));
        assertEquals(List.of(), performed);
        assertTrue(
                reactor.parked(10).get(0).reason().contains("no longer gives reaction 1/1"),
                () -> reactor.parked(10).get(0).reason());
    }

    @Test
    void is_refused_on_another_log() {
        store.append(Parcels.order(1, 1));
        reactions.register("parcels", new Checkpoint("another log", 1));

        assertThrows(UnusableCheckpoint.class, () -> start(setup(Parcels.sender()), this::send));
    }

    // As a program leaves it that was killed: with its lease.
    private void crashAfter(StoredReaction reaction) {
        reactions.register("parcels", new Checkpoint(store.info().logId(), 0));
        Lease lease = reactions
                .acquire("parcels", "a", clock.instant(), clock.instant().plusSeconds(30))
                .orElseThrow();
        reactions.advance(lease, new Reacted(1, Set.of(), List.of(reaction)));
    }
}
