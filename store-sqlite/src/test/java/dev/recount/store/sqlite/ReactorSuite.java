package dev.recount.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.recount.EventLog;
import dev.recount.codec.UndecodableEvent;
import dev.recount.decider.CommandRejected;
import dev.recount.event.Metadata;
import dev.recount.event.NewEvent;
import dev.recount.event.StoredEvent;
import dev.recount.reaction.Attempt;
import dev.recount.reaction.Effect;
import dev.recount.reaction.Lease;
import dev.recount.reaction.Postponed;
import dev.recount.reaction.Reacted;
import dev.recount.reaction.Reaction;
import dev.recount.reaction.ReactionId;
import dev.recount.reaction.ReactionStore;
import dev.recount.reaction.Reactor;
import dev.recount.reaction.ReactorListener;
import dev.recount.reaction.ReactorSetup;
import dev.recount.reaction.Retries;
import dev.recount.reaction.RunningReactor;
import dev.recount.reaction.StoredReaction;
import dev.recount.reaction.StoredReaction.State;
import dev.recount.store.Append;
import dev.recount.store.AppendCondition;
import dev.recount.store.EventStore;
import dev.recount.store.Query;
import dev.recount.store.sqlite.Parcels.CancelParcel;
import dev.recount.store.sqlite.Parcels.ConfirmParcel;
import dev.recount.store.sqlite.Parcels.ParcelCancelled;
import dev.recount.store.sqlite.Parcels.ParcelCommand;
import dev.recount.store.sqlite.Parcels.ParcelEvent;
import dev.recount.store.sqlite.Parcels.ParcelOrdered;
import dev.recount.store.sqlite.Parcels.ParcelSent;
import dev.recount.subscription.Checkpoint;
import dev.recount.subscription.UnusableCheckpoint;
import dev.recount.testkit.SettableClock;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reactors, on whatever store a subclass opens. */
@Timeout(120)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
abstract class ReactorSuite {

    private static final Duration LONG = Duration.ofSeconds(60);

    private final SettableClock clock = new SettableClock();
    private final List<String> performed = new CopyOnWriteArrayList<>();
    private final List<Attempt> attempts = new CopyOnWriteArrayList<>();
    private final List<String> told = new CopyOnWriteArrayList<>();
    private final List<RunningReactor> running = new ArrayList<>();
    private final AtomicBoolean broken = new AtomicBoolean();
    private EventStore store;
    private ReactionStore reactions;

    /** A store, each time another one on the same log. */
    abstract EventStore openStore();

    /** The reactions of the log that the store is on, each time the same. */
    abstract ReactionStore openReactions(EventStore on);

    /** Closes what was opened. */
    void closeStores() {}

    @BeforeEach
    final void open() {
        store = openStore();
        reactions = openReactions(store);
    }

    @AfterEach
    final void close() {
        running.forEach(RunningReactor::close);
        closeStores();
    }

    @Nested
    class Performing {

        @Test
        void does_what_the_reactor_wants_and_records_the_outcome() throws Exception {
            store.append(Parcels.order(1, 3));

            RunningReactor reactor = start(setup(Parcels.sender()), ReactorSuite.this::send);
            assertThat(reactor.awaitIdle(3, LONG)).isTrue();
            store.append(Parcels.order(4, 1));
            assertThat(reactor.awaitIdle(8, LONG)).isTrue();

            assertThat(performed).containsExactly("p1", "p2", "p3", "p4");
            assertThat(sent()).containsExactly("p1", "p2", "p3", "p4");
            assertThat(reactor.status().pending()).isZero();
            assertThat(reactor.status().checkpoint())
                    .isEqualTo(new Checkpoint(store.info().logId(), 8));
        }

        @ParameterizedTest
        @ValueSource(ints = {2, 500, 1_000, 1_001})
        void reads_a_log_of_any_length(int length) throws Exception {
            store.append(Parcels.order(1, length - 1));
            store.append(Parcels.order(length, 1));
            Reactor<ParcelEvent, String> last = Parcels.reactor(
                    event -> event.id().equals("p" + length) ? List.of(Reaction.now(event.id())) : List.of());

            RunningReactor reactor = start(setup(last), (intent, attempt) -> {
                performed.add(intent);
                return Optional.empty();
            });

            assertThat(reactor.awaitIdle(length, LONG)).isTrue();
            assertThat(performed).containsExactly("p" + length);
        }

        @Test
        void tells_the_outcome_where_it_comes_from() throws Exception {
            EventLog<ParcelEvent> log = Parcels.log(store);
            log.append(
                    List.of(new ParcelOrdered("p1", "book")),
                    AppendCondition.none(),
                    Metadata.empty().withCorrelationId("talk-1"));
            log.append(List.of(new ParcelOrdered("p2", "book")), AppendCondition.none());

            assertThat(start(setup(Parcels.sender()), ReactorSuite.this::send).awaitIdle(2, LONG))
                    .isTrue();

            String logId = store.info().logId();
            assertThat(attempts)
                    .extracting(Attempt::key)
                    .containsExactly("reactor-parcels-1-0-" + logId, "reactor-parcels-2-0-" + logId);
            assertThat(Events.all(store).subList(2, 4))
                    .extracting(StoredEvent::metadata)
                    .containsExactly(
                            Metadata.empty()
                                    .withCommandId("reactor-parcels-1-0-" + logId)
                                    .withCausationId("event:1")
                                    .withCorrelationId("talk-1"),
                            Metadata.empty()
                                    .withCommandId("reactor-parcels-2-0-" + logId)
                                    .withCausationId("event:2"));
        }

        @Test
        void performs_all_reactions_to_one_event_in_order() throws Exception {
            store.append(Parcels.order(1, 1));
            Reactor<ParcelEvent, String> three = Parcels.reactor(event -> event instanceof ParcelOrdered
                    ? List.of(Reaction.now("a"), Reaction.cancel("nothing"), Reaction.now("b"))
                    : List.of());

            assertThat(start(setup(three), ReactorSuite.this::send).awaitIdle(1, LONG))
                    .isTrue();

            assertThat(performed).containsExactly("a", "b");
            assertThat(attempts.get(1).key()).startsWith("reactor-parcels-1-2-");
            assertThat(sent()).containsExactly("a", "b");
        }

        @Test
        void an_effect_need_not_have_an_outcome() throws Exception {
            store.append(Parcels.order(1, 2));

            RunningReactor reactor = start(setup(Parcels.sender()), (intent, attempt) -> {
                performed.add(intent);
                return Optional.empty();
            });

            assertThat(reactor.awaitIdle(2, LONG)).isTrue();
            assertThat(performed).containsExactly("p1", "p2");
            assertThat(store.info().head()).isEqualTo(2);
        }

        @Test
        void an_outcome_that_the_rules_refuse_is_kept_as_refused_and_not_tried_again() throws Exception {
            store.append(Parcels.order(1, 2));
            Parcels.handler(store).handle(new CancelParcel("p1"));

            RunningReactor reactor = start(setup(Parcels.sender()), ReactorSuite.this::send);
            assertThat(reactor.awaitIdle(3, LONG)).isTrue();

            assertThat(performed).containsExactly("p1", "p2");
            assertThat(sent()).containsExactly("p2");
            assertThat(reactor.status().rejected()).isEqualTo(1);
            StoredReaction rejected = reactor.rejected(10).get(0);
            assertThat(rejected.reason()).startsWith("PARCEL_IS_CANCELLED: Parcel p1 was cancelled.");
            assertThat(told).containsExactly("rejected 1/0 PARCEL_IS_CANCELLED");
            assertThat(reactor.forget(rejected.id())).isTrue();
            assertThat(reactor.rejected(10)).isEmpty();
        }

        @Test
        void only_what_a_query_finds() throws Exception {
            store.append(Parcels.order(1, 3));

            RunningReactor reactor =
                    start(setup(Parcels.sender()).matching(Query.tagged("parcel", "p2")), ReactorSuite.this::send);

            assertThat(reactor.awaitIdle(3, LONG)).isTrue();
            assertThat(performed).containsExactly("p2");
        }

        @Test
        void a_new_one_can_leave_out_what_is_there_already() throws Exception {
            store.append(Parcels.order(1, 3));

            RunningReactor reactor = start(setup(Parcels.sender()).fromHead(), ReactorSuite.this::send);
            store.append(Parcels.order(4, 1));

            assertThat(reactor.awaitIdle(4, LONG)).isTrue();
            assertThat(performed).containsExactly("p4");
        }
    }

    @Nested
    class Starting_again {

        @Test
        void goes_on_from_where_it_was_and_repeats_nothing() throws Exception {
            store.append(Parcels.order(1, 3));
            RunningReactor first = start(setup(Parcels.sender()), ReactorSuite.this::send);
            assertThat(first.awaitIdle(3, LONG)).isTrue();
            first.close();
            store.append(Parcels.order(4, 1));

            RunningReactor second = start(setup(Parcels.sender()).fromHead(), ReactorSuite.this::send);

            assertThat(second.awaitIdle(7, LONG)).isTrue();
            assertThat(performed).containsExactly("p1", "p2", "p3", "p4");
            assertThat(sent()).containsExactly("p1", "p2", "p3", "p4");
        }

        @Test
        void does_not_repeat_an_effect_whose_outcome_was_recorded_before_a_crash() throws Exception {
            store.append(Parcels.order(1, 2));
            String key = "reactor-parcels-1-0-" + store.info().logId();
            Parcels.handler(store)
                    .handle(
                            new ConfirmParcel("p1", "recorded"),
                            Metadata.empty().withCommandId(key));

            RunningReactor reactor = start(setup(Parcels.sender()), ReactorSuite.this::send);

            assertThat(reactor.awaitIdle(2, LONG)).isTrue();
            assertThat(performed).containsExactly("p2");
            assertThat(sent()).containsExactly("p1", "p2");
        }

        @Test
        void performs_what_was_stored_before_a_crash() throws Exception {
            store.append(Parcels.order(1, 1));
            crashAfter(StoredReaction.pending(new ReactionId(1, 0), null, clock.instant()));

            RunningReactor reactor = start(setup(Parcels.sender()).withOwner("a"), ReactorSuite.this::send);

            assertThat(reactor.awaitIdle(1, LONG)).isTrue();
            assertThat(performed).containsExactly("p1");
        }

        @Test
        void a_try_that_a_crash_broke_off_waits_and_lets_the_others_go_first() throws Exception {
            store.append(Parcels.order(1, 2));
            crashAfter(new StoredReaction(new ReactionId(1, 0), null, clock.instant(), State.PENDING, 9, ""));

            RunningReactor reactor = start(setup(Parcels.sender()).withOwner("a"), ReactorSuite.this::send);

            assertThat(reactor.awaitIdle(2, LONG)).isTrue();
            assertThat(performed).containsExactly("p2");
            assertThat(reactor.status().nextDue()).isEqualTo(clock.instant().plusSeconds(256));
            assertThat(told).containsExactly("failed 1/0");
            clock.move(Duration.ofSeconds(256));
            assertThat(reactor.awaitIdle(2, LONG)).isTrue();
            assertThat(performed).containsExactly("p2", "p1");
            assertThat(attempts.get(1).number()).isEqualTo(10);
        }

        @Test
        void parks_what_a_changed_reactor_no_longer_gives() throws Exception {
            store.append(Parcels.order(1, 1));
            crashAfter(StoredReaction.pending(new ReactionId(1, 1), null, clock.instant()));

            RunningReactor reactor = start(
                    setup(Parcels.sender())
                            .withOwner("a")
                            .withRetries(Retries.defaults().withMaxAttempts(1)),
                    ReactorSuite.this::send);

            assertThat(reactor.awaitIdle(1, LONG)).isTrue();
            assertThat(performed).isEmpty();
            assertThat(reactor.parked(10).get(0).reason()).contains("no longer gives reaction 1/1");
        }

        @Test
        void is_refused_on_another_log() {
            store.append(Parcels.order(1, 1));
            reactions.register("parcels", new Checkpoint("another log", 1));

            assertThatExceptionOfType(UnusableCheckpoint.class)
                    .isThrownBy(() -> start(setup(Parcels.sender()), ReactorSuite.this::send));
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

    @Nested
    class Failing {

        @Test
        void is_tried_again_with_the_same_key_and_longer_waits_and_then_parked() throws Exception {
            store.append(Parcels.order(1, 2));
            broken.set(true);
            RunningReactor reactor = start(
                    setup(Parcels.sender())
                            .withRetries(Retries.defaults()
                                    .withMaxAttempts(4)
                                    .withWaits(Duration.ofSeconds(1), 3, Duration.ofSeconds(5))),
                    ReactorSuite.this::sendUnlessP1IsBroken);

            List<Duration> waits = new ArrayList<>();
            for (int attempt = 1; attempt < 4; attempt++) {
                assertThat(reactor.awaitIdle(2, LONG)).isTrue();
                assertThat(reactor.status().retrying()).isEqualTo(1);
                Instant next = reactor.status().nextDue();
                waits.add(Duration.between(clock.instant(), next));
                clock.set(next.minusMillis(1));
                assertThat(reactor.awaitIdle(2, LONG)).isTrue();
                assertThat(attempts).hasSize(attempt + 1);
                clock.set(next);
            }
            assertThat(reactor.awaitIdle(2, LONG)).isTrue();

            assertThat(waits).containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(3), Duration.ofSeconds(5));
            assertThat(attempts.stream().filter(attempt -> attempt.key().contains("-1-0-")))
                    .extracting(Attempt::number)
                    .containsExactly(1, 2, 3, 4);
            assertThat(reactor.parked(10)).hasSize(1);
            assertThat(reactor.parked(10).get(0).reason()).isEqualTo("java.io.IOException: the van is broken");
            assertThat(reactor.status().parked()).isEqualTo(1);
            assertThat(sent()).containsExactly("p2");
            assertThat(told).containsExactly("failed 1/0", "failed 1/0", "failed 1/0", "parked 1/0");
        }

        @Test
        void is_idle_only_when_the_listener_has_been_told() throws Exception {
            store.append(Parcels.order(1, 1));
            broken.set(true);
            CountDownLatch isTold = new CountDownLatch(1);
            CompletableFuture<Void> goOn = new CompletableFuture<>();
            RunningReactor reactor = start(
                    setup(Parcels.sender()).reportingTo(slow(isTold, goOn)), ReactorSuite.this::sendUnlessP1IsBroken);
            assertThat(isTold.await(60, TimeUnit.SECONDS)).isTrue();

            assertThat(reactor.status().nextDue()).isAfter(clock.instant());
            assertThat(reactor.awaitIdle(1, Duration.ofMillis(1))).isFalse();
            goOn.complete(null);

            assertThat(reactor.awaitIdle(1, LONG)).isTrue();
            assertThat(told).containsExactly("failed 1/0");
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
        void what_was_parked_is_performed_when_a_hand_has_it_tried_again() throws Exception {
            store.append(Parcels.order(1, 1));
            broken.set(true);
            RunningReactor reactor = start(
                    setup(Parcels.sender()).withRetries(Retries.defaults().withMaxAttempts(1)),
                    ReactorSuite.this::sendUnlessP1IsBroken);
            assertThat(reactor.awaitIdle(1, LONG)).isTrue();
            assertThat(reactor.parked(10)).hasSize(1);

            broken.set(false);
            assertThat(reactor.retry(new ReactionId(1, 0))).isTrue();
            assertThat(reactor.awaitIdle(1, LONG)).isTrue();

            assertThat(sent()).containsExactly("p1");
            assertThat(reactor.parked(10)).isEmpty();
            assertThat(reactor.retry(new ReactionId(1, 0))).isFalse();
            assertThat(attempts).extracting(Attempt::number).containsExactly(1, 1);
        }

        @Test
        void a_next_try_can_be_brought_forward_by_hand() throws Exception {
            store.append(Parcels.order(1, 1));
            broken.set(true);
            RunningReactor reactor = start(setup(Parcels.sender()), ReactorSuite.this::sendUnlessP1IsBroken);
            assertThat(reactor.awaitIdle(1, LONG)).isTrue();

            broken.set(false);
            assertThat(reactor.retry(new ReactionId(1, 0))).isTrue();

            assertThat(reactor.awaitIdle(1, LONG)).isTrue();
            assertThat(sent()).containsExactly("p1");
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

            assertThat(reactor.awaitIdle(2, LONG)).isTrue();
            assertThat(sent()).containsExactly("p2");
            assertThat(reactor.isRunning()).isTrue();
        }

        @Test
        void an_exception_that_cannot_be_told_parks_its_reaction_alone() throws Exception {
            store.append(Parcels.order(1, 2));
            RunningReactor reactor = start(
                    setup(Parcels.sender()).withRetries(Retries.defaults().withMaxAttempts(1)), (intent, attempt) -> {
                        if (intent.equals("p1")) {
                            throw new Untold();
                        }
                        return send(intent, attempt);
                    });

            assertThat(reactor.awaitIdle(2, LONG)).isTrue();
            assertThat(sent()).containsExactly("p2");
            assertThat(reactor.isRunning()).isTrue();
            assertThat(reactor.parked(10))
                    .singleElement()
                    .satisfies(parked ->
                            assertThat(parked.reason()).isEqualTo(Untold.class.getName() + ", which cannot say why"));
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

            assertThatIllegalArgumentException()
                    .isThrownBy(() -> setup(Parcels.sender()).withLease(forEver))
                    .withMessage("A lease of " + forEver + " is too long. Give at most 36500 days.");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Retries.defaults().withWaits(Duration.ZERO, 2, forEver))
                    .withMessageContaining(forEver.toString());
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> SqliteOptions.defaults().withBusyTimeout(forEver))
                    .withMessageContaining(forEver.toString());
        }

        @Test
        void an_outcome_that_could_not_be_recorded_is_tried_again_without_the_effect() throws Exception {
            store.append(Parcels.order(1, 1));
            broken.set(true);
            RunningReactor reactor = setup(Parcels.sender())
                    .start(this::sendOnce, Parcels.log(store).handle(new Unsure()));
            running.add(reactor);
            assertThat(reactor.awaitIdle(1, LONG)).isTrue();
            assertThat(reactor.status().retrying()).isEqualTo(1);
            assertThat(sent()).isEmpty();

            broken.set(false);
            clock.move(Duration.ofMinutes(1));

            assertThat(reactor.awaitIdle(1, LONG)).isTrue();
            assertThat(sent()).containsExactly("p1");
            assertThat(performed).containsExactly("p1");
        }

        private Optional<ParcelCommand> sendOnce(String intent, Attempt attempt) {
            return send(intent, attempt);
        }

        @Test
        void an_error_of_the_rules_parks_its_reaction_alone() throws Exception {
            store.append(Parcels.order(1, 2));
            RunningReactor reactor = setup(Parcels.sender())
                    .withRetries(Retries.defaults().withMaxAttempts(1))
                    .start(ReactorSuite.this::send, Parcels.log(store).handle(new Unsure() {
                        @Override
                        public List<ParcelEvent> decide(ParcelCommand command, Boolean state) {
                            throw new AssertionError("the rules are broken");
                        }
                    }));
            running.add(reactor);

            assertThat(reactor.awaitIdle(2, LONG)).isTrue();
            assertThat(reactor.parked(10))
                    .hasSize(2)
                    .allMatch(parked -> parked.reason().contains("the rules are broken"));
            assertThat(reactor.isRunning()).isTrue();
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
                    ReactorSuite.this::sendUnlessP1IsBroken);

            assertThat(reactor.awaitIdle(2, LONG)).isTrue();
            assertThat(sent()).containsExactly("p2");
        }

        /** A decider that fails for as long as something is broken. */
        private class Unsure implements dev.recount.decider.Decider<ParcelCommand, Boolean, ParcelEvent> {

            @Override
            public Boolean initialState() {
                return false;
            }

            @Override
            public Boolean project(Boolean state, ParcelEvent event) {
                return state;
            }

            @Override
            public List<ParcelEvent> decide(ParcelCommand command, Boolean state) {
                if (broken.get()) {
                    throw new IllegalStateException("cannot decide now");
                }
                return Parcels.DECIDER.decide(command, state);
            }
        }
    }

    @Nested
    class Timers {

        private final Instant noon = Instant.parse("2026-03-03T12:00:00Z");

        private final Reactor<ParcelEvent, String> reminders = Parcels.reactor(event -> {
            if (event instanceof ParcelOrdered ordered) {
                return List.of(Reaction.at(Instant.parse(ordered.what()), "remind of " + ordered.id())
                        .under(ordered.id()));
            }
            return event instanceof ParcelCancelled ? List.of(Reaction.cancel(event.id())) : List.of();
        });

        @Test
        void go_off_when_the_clock_says_so() throws Exception {
            order("p1", noon.plusSeconds(1));
            order("p2", noon);
            RunningReactor reactor = start(setup(reminders), this::remind);

            clock.set(noon.minusMillis(1));
            assertThat(reactor.awaitIdle(2, LONG)).isTrue();
            assertThat(performed).isEmpty();
            assertThat(reactor.status().nextDue()).isEqualTo(noon);

            clock.set(noon);
            reactor.wake();
            assertThat(reactor.awaitIdle(2, LONG)).isTrue();
            assertThat(performed).containsExactly("remind of p2");

            clock.set(noon.plusSeconds(1));
            assertThat(reactor.awaitIdle(2, LONG)).isTrue();
            assertThat(performed).containsExactly("remind of p2", "remind of p1");
        }

        @Test
        void outlive_a_restart() throws Exception {
            order("p1", noon);
            RunningReactor first = start(setup(reminders), this::remind);
            assertThat(first.awaitIdle(1, LONG)).isTrue();
            first.close();
            clock.set(noon);

            assertThat(start(setup(reminders), this::remind).awaitIdle(1, LONG)).isTrue();

            assertThat(performed).containsExactly("remind of p1");
        }

        @Test
        void are_replaced_under_the_same_key_and_cancelled_by_it() throws Exception {
            order("p1", noon);
            order("p2", noon);
            RunningReactor reactor = start(setup(reminders), this::remind);
            assertThat(reactor.awaitIdle(2, LONG)).isTrue();

            order("p1", noon.plusSeconds(60));
            order("p2", noon.plusSeconds(60));
            order("p2", noon.plusSeconds(120));
            Parcels.handler(store).handle(new CancelParcel("p1"));
            assertThat(reactor.awaitIdle(6, LONG)).isTrue();

            assertThat(reactor.status().pending()).isEqualTo(1);
            assertThat(reactor.status().nextDue()).isEqualTo(noon.plusSeconds(120));
            clock.set(noon.plusSeconds(120));
            assertThat(reactor.awaitIdle(6, LONG)).isTrue();
            assertThat(performed).containsExactly("remind of p2");
        }

        @Test
        void an_effect_puts_off_what_is_not_to_be_done_yet_as_often_as_it_likes() throws Exception {
            order("p1", noon);
            clock.set(noon);
            Instant last = noon.plusSeconds(20);
            ReactorSetup<ParcelEvent, String> once =
                    setup(reminders).withRetries(Retries.defaults().withMaxAttempts(1));
            RunningReactor reactor = start(once, (intent, attempt) -> {
                attempts.add(attempt);
                if (clock.instant().isBefore(last)) {
                    throw Postponed.until(clock.instant().plusSeconds(10));
                }
                return remind(intent, attempt);
            });

            for (Instant now = noon; !now.isAfter(last); now = now.plusSeconds(10)) {
                assertThat(performed).isEmpty();
                clock.set(now);
                assertThat(reactor.awaitIdle(1, LONG)).isTrue();
            }

            assertThat(performed).containsExactly("remind of p1");
            assertThat(attempts).hasSize(3).extracting(Attempt::number).containsOnly(1);
            assertThat(attempts)
                    .extracting(Attempt::key)
                    .containsOnly(attempts.get(0).key());
        }

        @Test
        void what_is_put_off_to_the_past_is_a_failed_try() throws Exception {
            order("p1", noon);
            clock.set(noon);

            RunningReactor reactor =
                    start(setup(reminders).withRetries(Retries.defaults().withMaxAttempts(1)), (intent, attempt) -> {
                        throw Postponed.until(noon);
                    });

            assertThat(reactor.awaitIdle(1, LONG)).isTrue();
            assertThat(reactor.parked(10))
                    .singleElement()
                    .satisfies(parked -> assertThat(parked.reason())
                            .contains("It was postponed until " + noon + ", and it is " + noon + " already."));
        }

        private void order(String id, Instant due) {
            Parcels.log(store).append(List.of(new ParcelOrdered(id, due.toString())), AppendCondition.none());
        }

        private Optional<ParcelCommand> remind(String intent, Attempt attempt) {
            performed.add(intent);
            return Optional.empty();
        }
    }

    @Nested
    class A_reactor_that_fails {

        @Test
        void names_the_event_also_where_it_throws_an_error() {
            store.append(Parcels.order(1, 1));
            Reactor<ParcelEvent, String> endless = Parcels.reactor(event -> {
                throw new StackOverflowError("too deep");
            });

            RunningReactor reactor = start(setup(endless), ReactorSuite.this::send);

            assertThatIllegalStateException()
                    .isThrownBy(() -> reactor.awaitIdle(1, LONG))
                    .withMessageContaining("failed on event 1 of type ParcelOrdered")
                    .withRootCauseInstanceOf(StackOverflowError.class);
        }

        @Test
        void ends_before_the_event_and_goes_on_when_it_is_mended() throws Exception {
            store.append(Parcels.order(1, 3));
            Reactor<ParcelEvent, String> bad = Parcels.reactor(event -> {
                if (event.id().equals("p2")) {
                    throw new ArithmeticException("by zero");
                }
                return List.of(Reaction.now(event.id()));
            });
            RunningReactor reactor = start(setup(bad), (intent, attempt) -> {
                performed.add(intent);
                return Optional.empty();
            });

            assertThatIllegalStateException()
                    .isThrownBy(() -> reactor.awaitIdle(3, LONG))
                    .withMessageContaining("Reactor 'parcels' ended before it was idle at sequence 3")
                    .withMessageContaining("failed on event 2 of type ParcelOrdered")
                    .withRootCauseInstanceOf(ArithmeticException.class);
            assertThat(reactor.failure()).isPresent();
            assertThat(reactor.isRunning()).isFalse();
            reactor.close();
            assertThat(told).hasSize(1).first().asString().startsWith("stopped Reactor 'parcels' failed on event 2");
            assertThat(reactor.status().checkpoint().sequence()).isEqualTo(1);

            assertThat(start(setup(Parcels.sender()), ReactorSuite.this::send).awaitIdle(3, LONG))
                    .isTrue();
            assertThat(performed).containsExactly("p1", "p2", "p3");
        }

        @Test
        void passes_over_what_cannot_be_decoded_and_counts_it() throws Exception {
            store.append(Append.of(List.of(NewEvent.of("ParcelOrdered", "{}"), NewEvent.of("Unknown", "[]"))));
            store.append(Parcels.order(1, 1));

            RunningReactor reactor = start(setup(Parcels.sender()), ReactorSuite.this::send);

            assertThat(reactor.awaitIdle(3, LONG)).isTrue();
            assertThat(performed).containsExactly("p1");
            assertThat(reactor.undecodable()).isEqualTo(2);
            assertThat(told).containsExactly("undecodable 1", "undecodable 2");
        }

        @Test
        void stops_at_what_cannot_be_decoded_where_it_is_strict() {
            store.append(Append.of(List.of(NewEvent.of("Unknown", "[]"))));

            RunningReactor reactor = start(setup(Parcels.sender()).strictly(), ReactorSuite.this::send);

            assertThatIllegalStateException()
                    .isThrownBy(() -> reactor.awaitIdle(1, LONG))
                    .withCauseInstanceOf(UndecodableEvent.class);
        }

        @Test
        void is_refused_where_its_name_cannot_be_part_of_a_key() {
            Reactor<ParcelEvent, String> named = new Reactor<>() {
                @Override
                public String name() {
                    return "a/b";
                }

                @Override
                public List<Reaction<String>> react(dev.recount.codec.RecordedEvent<ParcelEvent> event) {
                    return List.of();
                }
            };

            assertThatIllegalArgumentException()
                    .isThrownBy(() -> setup(named))
                    .withMessage("Reactor name 'a/b' cannot be part of a key. Give 1 to 100 letters, digits, dots,"
                            + " underscores or hyphens.");
        }
    }

    @Nested
    class Several_instances {

        private final CountDownLatch inEffect = new CountDownLatch(1);
        private final CountDownLatch goOn = new CountDownLatch(1);

        @Test
        void one_leads_and_another_takes_over_when_it_is_closed() throws Exception {
            store.append(Parcels.order(1, 2));
            RunningReactor first = start(setup(Parcels.sender()).withOwner("first"), ReactorSuite.this::send);
            assertThat(first.awaitIdle(2, LONG)).isTrue();
            EventStore other = openStore();
            RunningReactor second = start(setup(other, Parcels.sender()).withOwner("second"), ReactorSuite.this::send);
            store.append(Parcels.order(3, 1));

            // Whoever stands by can tell, too.
            assertThat(second.awaitIdle(5, LONG)).isTrue();
            assertThat(second.status().lease().owner()).isEqualTo("first");
            first.close();
            store.append(Parcels.order(4, 1));
            assertThat(second.awaitIdle(7, LONG)).isTrue();

            assertThat(second.status().lease().owner()).isEqualTo("second");
            assertThat(performed).containsExactly("p1", "p2", "p3", "p4");
            assertThat(sent()).containsExactly("p1", "p2", "p3", "p4");
            assertThat(attempts.get(3).fence()).isGreaterThan(attempts.get(0).fence());
            second.close();
        }

        /** At least once: a held-up instance and its successor both do it. The outcome is recorded once. */
        @Test
        void one_that_is_held_up_is_taken_over_from_and_fenced() throws Exception {
            store.append(Parcels.order(1, 1));
            RunningReactor heldUp = start(setup(Parcels.sender()).withOwner("held up"), this::sendAfterALongTime);
            assertThat(inEffect.await(60, TimeUnit.SECONDS)).isTrue();
            // Its clock stands still; by the other's, its lease is over.
            SettableClock later = new SettableClock();
            later.move(Duration.ofHours(1));
            EventStore other = openStore();
            RunningReactor successor = start(
                    setup(other, Parcels.sender()).withOwner("successor").withClock(later), ReactorSuite.this::send);
            assertThat(successor.awaitIdle(1, LONG)).isTrue();
            assertThat(told).containsExactly("failed 1/0");
            later.move(Duration.ofSeconds(1));
            assertThat(successor.awaitIdle(1, LONG)).isTrue();
            assertThat(sent()).containsExactly("p1");

            goOn.countDown();
            heldUp.close();

            assertThat(performed).containsExactly("p1", "p1 after a long time");
            assertThat(sent()).containsExactly("p1");
            assertThat(attempts)
                    .extracting(Attempt::key)
                    .hasSize(2)
                    .containsOnly(attempts.get(0).key());
            assertThat(attempts.get(1).fence()).isGreaterThan(attempts.get(0).fence());
            assertThat(successor.status().lease().owner()).isEqualTo("successor");
            assertThat(heldUp.failure()).isEmpty();
            successor.close();
        }

        @Test
        void closing_waits_for_the_effect_and_records_its_outcome() throws Exception {
            store.append(Parcels.order(1, 1));
            RunningReactor reactor = start(setup(Parcels.sender()), this::sendAfterALongTime);
            assertThat(inEffect.await(60, TimeUnit.SECONDS)).isTrue();
            assertThat(reactor.awaitIdle(1, Duration.ofMillis(1))).isFalse();

            Thread closing = new Thread(reactor::close);
            closing.start();
            while (reactor.isRunning()) {
                Thread.onSpinWait();
            }
            goOn.countDown();
            closing.join(60_000);

            assertThat(closing.isAlive()).isFalse();
            assertThat(sent()).containsExactly("p1");
            assertThat(reactor.status().lease()).isNull();
        }

        @Test
        void nobody_takes_over_while_one_that_is_closing_is_still_in_a_long_effect() throws Exception {
            store.append(Parcels.order(1, 1));
            RunningReactor closes =
                    start(setup(Parcels.sender()).withLease(Duration.ofSeconds(30)), this::sendAfterALongTime);
            assertThat(inEffect.await(60, TimeUnit.SECONDS)).isTrue();
            Thread closing = new Thread(closes::close);
            closing.start();
            while (closes.isRunning()) {
                Thread.onSpinWait();
            }

            for (int i = 0; i < 3; i++) {
                clock.move(Duration.ofSeconds(20));
                awaitLeaseUntil(closes, clock.instant().plusSeconds(30));
            }
            goOn.countDown();
            closing.join(60_000);

            assertThat(sent()).containsExactly("p1");
            assertThat(closes.status().pending()).isZero();
            assertThat(closes.status().lease()).isNull();
        }

        private void awaitLeaseUntil(RunningReactor reactor, Instant until) {
            long end = System.nanoTime() + LONG.toNanos();
            Lease lease = reactor.status().lease();
            while (lease == null || lease.until().isBefore(until)) {
                assertThat(System.nanoTime()).as("lease " + lease).isLessThan(end);
                reactor.wake();
                lease = reactor.status().lease();
            }
        }

        @Test
        void an_effect_may_close_its_own() throws Exception {
            store.append(Parcels.order(1, 2));
            AtomicReference<RunningReactor> own = new AtomicReference<>();
            CountDownLatch known = new CountDownLatch(1);
            RunningReactor reactor = start(setup(Parcels.sender()), (intent, attempt) -> {
                known.await();
                own.get().close();
                return send(intent, attempt);
            });
            own.set(reactor);
            known.countDown();

            while (reactor.status().lease() != null || performed.isEmpty()) {
                Thread.onSpinWait();
            }

            assertThat(sent()).containsExactly("p1");
            assertThat(reactor.failure()).isEmpty();
        }

        private Optional<ParcelCommand> sendAfterALongTime(String intent, Attempt attempt) throws Exception {
            attempts.add(attempt);
            inEffect.countDown();
            assertThat(goOn.await(60, TimeUnit.SECONDS)).isTrue();
            performed.add(intent + " after a long time");
            return Optional.of(new ConfirmParcel(intent, "another reference"));
        }
    }

    private <I> ReactorSetup<ParcelEvent, I> setup(Reactor<ParcelEvent, I> reactor) {
        return setup(store, reactor);
    }

    private <I> ReactorSetup<ParcelEvent, I> setup(EventStore on, Reactor<ParcelEvent, I> reactor) {
        return Parcels.log(on)
                .react(reactor, openReactions(on))
                .withClock(clock)
                .reportingTo(new Notes());
    }

    private RunningReactor start(ReactorSetup<ParcelEvent, String> setup, Effect<String, ParcelCommand> effect) {
        RunningReactor started = setup.start(effect, Parcels.handler(store));
        running.add(started);
        return started;
    }

    private Optional<ParcelCommand> send(String intent, Attempt attempt) {
        attempts.add(attempt);
        performed.add(intent);
        return Optional.of(new ConfirmParcel(intent, attempt.key()));
    }

    private Optional<ParcelCommand> sendUnlessP1IsBroken(String intent, Attempt attempt) throws IOException {
        if (intent.equals("p1") && broken.get()) {
            attempts.add(attempt);
            throw new IOException("the van is broken");
        }
        return send(intent, attempt);
    }

    private List<String> sent() {
        return Events.all(store).stream()
                .map(stored -> new Parcels.Codec().decodeKnown(stored).get(0))
                .filter(ParcelSent.class::isInstance)
                .map(ParcelEvent::id)
                .toList();
    }

    private final class Notes implements ReactorListener {

        @Override
        public void failed(StoredReaction reaction, Throwable cause) {
            told.add("failed " + reaction.id());
        }

        @Override
        public void parked(StoredReaction reaction) {
            told.add("parked " + reaction.id());
        }

        @Override
        public void rejected(StoredReaction reaction, CommandRejected rejection) {
            told.add("rejected " + reaction.id() + " " + rejection.code());
        }

        @Override
        public void undecodable(UndecodableEvent event) {
            told.add("undecodable " + event.sequence());
        }

        @Override
        public void stopped(Throwable cause) {
            told.add("stopped " + cause.getMessage());
        }
    }
}
