package dev.recount.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.recount.reaction.Lease;
import dev.recount.reaction.LeaseLost;
import dev.recount.reaction.Reacted;
import dev.recount.reaction.ReactionId;
import dev.recount.reaction.ReactionStore;
import dev.recount.reaction.ReactorStatus;
import dev.recount.reaction.StoredReaction;
import dev.recount.reaction.StoredReaction.State;
import dev.recount.subscription.Checkpoint;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/**
 * The promises of a {@link ReactionStore}, as tests. Whoever writes one writes one subclass.
 *
 * <pre>{@code
 * class MemoryReactionsTest extends ReactionStoreContract {
 *     private final MemoryReactions reactions = MemoryReactions.create();
 *
 *     @Override
 *     protected ReactionStore open() {
 *         return reactions;
 *     }
 * }
 * }</pre>
 *
 * <p>It never skips a test.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
public abstract class ReactionStoreContract {

    private static final Instant NOW = Instant.parse("2026-03-03T10:00:00.123456Z");
    private static final Instant UNTIL = NOW.plusSeconds(30);
    private static final Checkpoint START = new Checkpoint("log-a", 7);
    private static final ReactionId FIRST = new ReactionId(8, 0);
    private static final String ODD = " \"quoted' \\ \t\r\n\u0085\u2028 ä 漢 \ud83d\ude00 ";

    private ReactionStore store;

    /** For subclasses. */
    protected ReactionStoreContract() {}

    /**
     * Opens a store: an empty one when a test calls it for the first time, later one on the same reactors, while others are
     * open. No two tests share reactors.
     */
    protected abstract ReactionStore open();

    @BeforeEach
    final void openAnEmptyStore() {
        store = open();
    }

    @Nested
    class Registering {

        @Test
        void a_reactor_that_nobody_registered_is_not_known() {
            assertEquals(Optional.empty(), store.status("tickets"));
            assertEquals(List.of(), store.list("tickets", State.PENDING, 10));
            assertEquals(Optional.empty(), store.acquire("tickets", "a", NOW, UNTIL));
            assertFalse(store.retry("tickets", FIRST, NOW));
            assertFalse(store.forget("tickets", FIRST));
        }

        @Test
        void a_new_reactor_starts_where_it_was_told_to() {
            store.register("tickets", START);

            assertEquals(new ReactorStatus(START, 0, 0, 0, 0, null, null), status());
        }

        @Test
        void a_known_reactor_stays_as_it_is() {
            Lease lease = lead();
            store.advance(lease, added(pending(FIRST)));

            store.register("tickets", new Checkpoint("log-b", 0));

            assertEquals(new ReactorStatus(at(8), 1, 0, 0, 0, NOW, lease), status());
        }

        @Test
        void each_reactor_has_a_life_of_its_own() {
            store.register(ODD, new Checkpoint(ODD, 3));
            Lease other = store.acquire(ODD, ODD, NOW, UNTIL).orElseThrow();
            Lease lease = lead();
            store.advance(lease, added(pending(FIRST)));
            store.advance(other, added(new StoredReaction(FIRST, ODD, NOW, State.PARKED, 3, ODD)));

            store.remove(lease, FIRST);

            assertEquals(new ReactorStatus(at(8), 0, 0, 0, 0, null, lease), status());
            assertEquals(
                    Optional.of(new ReactorStatus(new Checkpoint(ODD, 8), 0, 0, 1, 0, null, other)), store.status(ODD));
            assertEquals(
                    List.of(new StoredReaction(FIRST, ODD, NOW, State.PARKED, 3, ODD)),
                    store.list(ODD, State.PARKED, 10));
        }
    }

    @Nested
    class Leasing {

        @Test
        void a_free_reactor_can_be_taken() {
            Lease lease = lead();

            assertEquals(new Lease("tickets", "a", lease.fence(), UNTIL), lease);
            assertEquals(lease, status().lease());
        }

        @Test
        void a_taken_one_cannot_until_its_time_is_over() {
            Lease first = lead();

            assertEquals(Optional.empty(), store.acquire("tickets", "b", NOW, UNTIL));
            assertEquals(Optional.empty(), open().acquire("tickets", "b", UNTIL.minusMillis(1), UNTIL));
            assertEquals(first, status().lease());
            Lease second =
                    store.acquire("tickets", "b", UNTIL, UNTIL.plusSeconds(30)).orElseThrow();

            assertEquals("b", second.owner());
            assertTrue(second.fence() > first.fence(), second.fence() + " after " + first.fence());
        }

        @Test
        void its_owner_can_take_it_again_at_once_with_a_higher_fence() {
            Lease first = lead();

            Lease again = lead();

            assertTrue(again.fence() > first.fence(), again.fence() + " after " + first.fence());
            assertThrows(LeaseLost.class, () -> store.renew(first, UNTIL));
        }

        @Test
        void a_lease_can_be_renewed_with_its_fence_also_after_its_end() {
            Lease lease = lead();

            Lease renewed = store.renew(lease, UNTIL.plusSeconds(60));

            assertEquals(new Lease("tickets", "a", lease.fence(), UNTIL.plusSeconds(60)), renewed);
            assertEquals(renewed, status().lease());
            assertEquals(Optional.empty(), store.acquire("tickets", "b", UNTIL.plusSeconds(59), UNTIL));
            store.advance(lease, new Reacted(9, Set.of(), List.of()));
        }

        @Test
        void a_released_one_is_free_and_its_fence_still_rises() {
            Lease first = lead();

            store.release(first);

            assertNull(status().lease());
            Lease second = store.acquire("tickets", "b", NOW, UNTIL).orElseThrow();
            assertTrue(second.fence() > first.fence(), second.fence() + " after " + first.fence());
        }

        @Test
        void releasing_a_lease_that_was_lost_leaves_the_new_one() {
            Lease lost = lead();
            Lease taken = takeOver();

            store.release(lost);

            assertEquals(taken, status().lease());
        }

        @Test
        void of_several_that_ask_at_once_one_gets_it() throws Exception {
            store.register("tickets", START);
            List<Callable<Optional<Lease>>> askers = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                ReactionStore own = open();
                String owner = "owner " + i;
                askers.add(() -> own.acquire("tickets", owner, NOW, UNTIL));
            }

            List<Lease> leases =
                    Threads.together(askers).stream().flatMap(Optional::stream).toList();

            assertEquals(1, leases.size(), leases.toString());
            assertEquals(leases.get(0), status().lease());
        }

        @Test
        void times_are_kept_to_the_microsecond() {
            store.register("tickets", START);
            Instant odd = Instant.parse("2026-03-03T10:00:00.123456789Z");

            Lease lease = store.acquire("tickets", "a", NOW, odd).orElseThrow();
            store.advance(lease, added(StoredReaction.pending(FIRST, null, odd)));

            assertEquals(NOW, lease.until());
            assertEquals(lease, status().lease());
            assertEquals(List.of(pending(FIRST)), store.list("tickets", State.PENDING, 1));
        }
    }

    @Nested
    class Fencing {

        @Test
        void what_comes_with_a_lost_lease_is_refused_and_changes_nothing() {
            Lease lost = lead();
            store.advance(lost, added(pending(FIRST)));
            Lease taken = takeOver();
            ReactorStatus before = status();

            assertRefused(lost, () -> store.renew(lost, UNTIL.plusSeconds(90)));
            assertRefused(
                    lost,
                    () -> store.advance(lost, new Reacted(9, Set.of("k"), List.of(pending(new ReactionId(9, 0))))));
            assertRefused(lost, () -> store.save(lost, parked(FIRST)));
            assertRefused(lost, () -> store.remove(lost, FIRST));

            assertEquals(before, status());
            assertEquals(taken, status().lease());
            assertEquals(List.of(pending(FIRST)), store.list("tickets", State.PENDING, 10));
        }

        @Test
        void the_new_owner_goes_on_with_what_is_there() {
            Lease lost = lead();
            store.advance(lost, added(pending(FIRST)));
            Lease taken = takeOver();

            assertTrue(store.save(taken, parked(FIRST)));

            assertEquals(List.of(parked(FIRST)), store.list("tickets", State.PARKED, 10));
        }

        private void assertRefused(Lease lost, Runnable use) {
            LeaseLost refused = assertThrows(LeaseLost.class, use::run);
            assertEquals(lost, refused.lease());
            String message = String.valueOf(refused.getMessage());
            assertTrue(message.contains("Reactor 'tickets' was taken over"), message);
        }
    }

    @Nested
    class Advancing {

        @Test
        void stores_checkpoint_and_reactions_as_one() {
            Lease lease = lead();
            StoredReaction keyed = StoredReaction.pending(new ReactionId(9, 1), ODD, NOW.minusSeconds(1));

            store.advance(lease, new Reacted(9, Set.of(), List.of(pending(FIRST), keyed)));

            assertEquals(new ReactorStatus(at(9), 2, 0, 0, 0, NOW.minusSeconds(1), lease), status());
            assertEquals(List.of(keyed, pending(FIRST)), store.list("tickets", State.PENDING, 10));
        }

        @Test
        void never_moves_the_checkpoint_back() {
            Lease lease = lead();
            store.advance(lease, new Reacted(20, Set.of(), List.of()));

            store.advance(lease, new Reacted(10, Set.of(), List.of()));

            assertEquals(at(20), status().checkpoint());
        }

        @Test
        void removes_what_waits_under_a_cancelled_key_and_then_adds() {
            Lease lease = lead();
            StoredReaction old = StoredReaction.pending(FIRST, "k", NOW);
            StoredReaction parked = new StoredReaction(new ReactionId(8, 1), "k", NOW, State.PARKED, 3, "no");
            StoredReaction rejected = new StoredReaction(new ReactionId(8, 2), "k", NOW, State.REJECTED, 1, "no");
            StoredReaction other = StoredReaction.pending(new ReactionId(8, 3), "K", NOW);
            StoredReaction keyless = pending(new ReactionId(8, 4));
            store.advance(lease, new Reacted(8, Set.of(), List.of(old, parked, rejected, other, keyless)));
            StoredReaction next = StoredReaction.pending(new ReactionId(9, 0), "k", NOW.plusSeconds(5));

            store.advance(lease, new Reacted(9, Set.of("k", "another"), List.of(next)));

            assertEquals(List.of(other, keyless, next), store.list("tickets", State.PENDING, 10));
            assertEquals(List.of(), store.list("tickets", State.PARKED, 10));
            assertEquals(List.of(rejected), store.list("tickets", State.REJECTED, 10));
        }
    }

    @Nested
    class Listing {

        @Test
        void is_in_the_order_of_due_time_then_sequence_then_index_and_limited() {
            Lease lease = lead();
            StoredReaction late = StoredReaction.pending(new ReactionId(8, 0), null, NOW.plusSeconds(1));
            StoredReaction ninth = pending(new ReactionId(9, 0));
            StoredReaction tenth = pending(new ReactionId(10, 0));
            StoredReaction tenthAgain = pending(new ReactionId(10, 1));
            store.advance(lease, new Reacted(10, Set.of(), List.of(tenthAgain, late, tenth, ninth)));

            assertEquals(List.of(ninth, tenth, tenthAgain, late), store.list("tickets", State.PENDING, 10));
            assertEquals(List.of(ninth, tenth), store.list("tickets", State.PENDING, 2));
        }

        @Test
        void has_no_hidden_limit() {
            Lease lease = lead();
            List<StoredReaction> many = Stream.iterate(0, i -> i + 1)
                    .limit(1_001)
                    .map(i -> pending(new ReactionId(8, i)))
                    .toList();
            store.advance(lease, new Reacted(8, Set.of(), many));

            assertEquals(many, store.list("tickets", State.PENDING, 2_000));
            assertEquals(1_001, status().pending());
        }
    }

    @Nested
    class Changing {

        @Test
        void what_was_saved_is_seen_by_all() {
            Lease lease = lead();
            ReactionStore another = open();
            store.advance(lease, added(StoredReaction.pending(FIRST, "k", NOW)));
            StoredReaction tried = new StoredReaction(FIRST, "k", UNTIL, State.PENDING, 2, ODD);

            assertTrue(store.save(lease, tried));

            assertEquals(List.of(tried), another.list("tickets", State.PENDING, 10));
            assertEquals(Optional.of(new ReactorStatus(at(8), 1, 1, 0, 0, UNTIL, lease)), another.status("tickets"));
        }

        @Test
        void what_was_removed_does_not_come_back() {
            Lease lease = lead();
            store.advance(lease, added(StoredReaction.pending(FIRST, "k", NOW)));
            store.advance(lease, new Reacted(9, Set.of("k"), List.of()));

            assertFalse(store.save(lease, parked(FIRST)));
            store.remove(lease, FIRST);

            assertEquals(new ReactorStatus(at(9), 0, 0, 0, 0, null, lease), status());
        }

        @Test
        void states_are_counted_apart() {
            Lease lease = lead();
            List<StoredReaction> all = List.of(
                    pending(FIRST),
                    parked(new ReactionId(8, 1)),
                    parked(new ReactionId(8, 2)),
                    new StoredReaction(new ReactionId(8, 3), null, NOW.minusSeconds(9), State.REJECTED, 1, "no"));
            store.advance(lease, new Reacted(8, Set.of(), all));

            assertEquals(new ReactorStatus(at(8), 1, 0, 2, 1, NOW, lease), status());
            assertEquals(all.subList(1, 3), store.list("tickets", State.PARKED, 10));
        }
    }

    @Nested
    class By_hand {

        @Test
        void a_parked_one_is_tried_again_as_if_for_the_first_time() {
            Lease lease = lead();
            store.advance(lease, added(new StoredReaction(FIRST, "k", NOW, State.PARKED, 3, "no")));

            assertTrue(store.retry("tickets", FIRST, UNTIL));

            assertEquals(List.of(StoredReaction.pending(FIRST, "k", UNTIL)), store.list("tickets", State.PENDING, 10));
            assertEquals(List.of(), store.list("tickets", State.PARKED, 10));
        }

        @Test
        void a_rejected_one_and_one_that_waits_for_its_next_try_are_tried_again() {
            Lease lease = lead();
            ReactionId second = new ReactionId(8, 1);
            store.advance(
                    lease,
                    new Reacted(
                            8,
                            Set.of(),
                            List.of(
                                    new StoredReaction(FIRST, null, NOW, State.REJECTED, 1, "no"),
                                    new StoredReaction(second, null, UNTIL, State.PENDING, 2, "no"))));

            assertTrue(store.retry("tickets", FIRST, NOW));
            assertTrue(store.retry("tickets", second, NOW));

            assertEquals(List.of(pending(FIRST), pending(second)), store.list("tickets", State.PENDING, 10));
        }

        @Test
        void a_timer_is_not_set_off_early_nor_forgotten() {
            Lease lease = lead();
            StoredReaction timer = StoredReaction.pending(FIRST, null, UNTIL);
            store.advance(lease, added(timer));

            assertFalse(store.retry("tickets", FIRST, NOW));
            assertFalse(store.forget("tickets", FIRST));

            assertEquals(List.of(timer), store.list("tickets", State.PENDING, 10));
        }

        @Test
        void a_parked_or_rejected_one_is_forgotten() {
            Lease lease = lead();
            ReactionId second = new ReactionId(8, 1);
            store.advance(
                    lease,
                    new Reacted(
                            8,
                            Set.of(),
                            List.of(parked(FIRST), new StoredReaction(second, null, NOW, State.REJECTED, 1, "no"))));

            assertTrue(store.forget("tickets", FIRST));
            assertTrue(store.forget("tickets", second));
            assertFalse(store.forget("tickets", second));

            assertEquals(new ReactorStatus(at(8), 0, 0, 0, 0, null, lease), status());
        }
    }

    private Lease lead() {
        store.register("tickets", START);
        return store.acquire("tickets", "a", NOW, UNTIL).orElseThrow();
    }

    private Lease takeOver() {
        return open().acquire("tickets", "b", UNTIL, UNTIL.plus(Duration.ofSeconds(30)))
                .orElseThrow();
    }

    private ReactorStatus status() {
        return store.status("tickets").orElseThrow();
    }

    private static Checkpoint at(long sequence) {
        return new Checkpoint(START.logId(), sequence);
    }

    private static Reacted added(StoredReaction reaction) {
        return new Reacted(reaction.id().sequence(), Set.of(), List.of(reaction));
    }

    private static StoredReaction pending(ReactionId id) {
        return StoredReaction.pending(id, null, NOW);
    }

    private static StoredReaction parked(ReactionId id) {
        return new StoredReaction(id, null, NOW, State.PARKED, 3, "it does not work");
    }
}
