package dev.recount;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.recount.codec.UndecodableEvent;
import dev.recount.event.Metadata;
import dev.recount.event.StoredEvent;
import dev.recount.event.Tags;
import dev.recount.fixture.ListEventStore;
import dev.recount.fixture.Seats;
import dev.recount.fixture.Seats.SeatEvent;
import dev.recount.fixture.Seats.SeatFreed;
import dev.recount.fixture.Seats.SeatTaken;
import dev.recount.fixture.Seats.TakeSeat;
import dev.recount.store.AppendCondition;
import dev.recount.store.Appended;
import dev.recount.store.Query;
import dev.recount.store.ReadOptions;
import dev.recount.subscription.Subscription;
import dev.recount.subscription.SubscriptionOptions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
@DisplayNameGeneration(ReplaceUnderscores.class)
class EventLogTest {

    private static final Duration LONG = Duration.ofSeconds(60);

    private final ListEventStore store = new ListEventStore();
    private final EventLog<SeatEvent> log = Seats.log(store);

    @Nested
    class Append {

        @Test
        void stores_what_the_codec_makes_of_the_events_with_the_metadata() {
            Metadata metadata = Metadata.empty().withActor("mayor");

            Appended appended = log.append(
                    List.of(new SeatTaken("1", "Ada"), new SeatFreed("1")), AppendCondition.none(), metadata);

            assertThat(appended).isEqualTo(new Appended(1, 2, false));
            List<StoredEvent> stored =
                    store.read(Query.all(), ReadOptions.defaults()).events();
            assertThat(stored).extracting(StoredEvent::type).containsExactly("seat.taken", "seat.freed");
            assertThat(stored).extracting(StoredEvent::tags).containsOnly(Tags.of("seat", "1"));
            assertThat(stored).extracting(StoredEvent::metadata).containsOnly(metadata);
        }

        @Test
        void of_nothing_is_refused() {
            assertThatIllegalArgumentException().isThrownBy(() -> log.append(List.of(), AppendCondition.none()));
        }
    }

    @Nested
    class Subscribe {

        @Test
        void gives_events_and_apart_from_them_what_cannot_be_decoded() throws Exception {
            Seats.take(store, 1);
            Seats.storeRaw(store, "bead.created", "{}", Tags.none());
            Seats.storeRaw(store, "seat.taken", "{}", Tags.none());
            Seats.storeRaw(store, "seat.swapped", "[\"1\",\"Ada\"]", Tags.none());
            List<Object> heard = new CopyOnWriteArrayList<>();
            List<Long> undecodable = new CopyOnWriteArrayList<>();

            try (Subscription subscription = log.subscribe(
                    SubscriptionOptions.defaults(),
                    recorded -> heard.add(recorded.sequence() + " " + recorded.event()),
                    problem -> undecodable.add(problem.sequence()))) {
                assertThat(subscription.awaitSequence(4, LONG)).isTrue();
            }

            assertThat(heard)
                    .containsExactly(
                            "1 " + new SeatTaken("S1", "G1"),
                            "4 " + new SeatFreed("1"),
                            "4 " + new SeatTaken("1", "Ada"));
            assertThat(undecodable).containsExactly(2L, 3L);
        }

        @Test
        void ends_where_the_caller_does_not_take_what_cannot_be_decoded() {
            Seats.take(store, 1);
            Seats.storeRaw(store, "seat.taken", "{}", Tags.none());

            try (Subscription subscription = log.subscribe(SubscriptionOptions.defaults(), recorded -> {}, problem -> {
                throw problem;
            })) {
                assertThatIllegalStateException()
                        .isThrownBy(() -> subscription.awaitSequence(2, LONG))
                        .withCauseInstanceOf(UndecodableEvent.class);
                assertThat(subscription.checkpoint().sequence()).isEqualTo(1);
            }
        }

        @Test
        void does_not_take_a_listeners_own_failure_for_an_undecodable_event() {
            Seats.take(store, 1);
            StoredEvent other =
                    store.read(Query.all(), ReadOptions.defaults()).events().get(0);
            List<Long> undecodable = new CopyOnWriteArrayList<>();

            try (Subscription subscription = log.subscribe(
                    SubscriptionOptions.defaults(),
                    recorded -> {
                        throw UndecodableEvent.unreadable(other, "nested", null);
                    },
                    problem -> undecodable.add(problem.sequence()))) {
                assertThatIllegalStateException().isThrownBy(() -> subscription.awaitSequence(1, LONG));
            }

            assertThat(undecodable).isEmpty();
        }
    }

    @Test
    void ties_handling_reading_and_replaying_to_one_store() {
        log.handle(Seats.DECIDER).handle(new TakeSeat("12A", "Ada"));

        assertThat(log.read(Seats.seat("12A"))).hasSize(1);
        assertThat(log.replay(Seats.PLAN).run().state()).containsEntry("12A", "Ada");
        assertThat(log.store()).isSameAs(store);
        assertThat(log.codec()).isSameAs(Seats.CODEC);
    }

    @Test
    void a_codec_passes_over_unknown_types_but_not_over_unreadable_data() {
        Seats.storeRaw(store, "bead.created", "{}", Tags.none());
        Seats.storeRaw(store, "seat.freed", "{}", Tags.none());
        List<StoredEvent> stored =
                store.read(Query.all(), ReadOptions.defaults()).events();

        assertThat(Seats.CODEC.decodeKnown(stored.get(0))).isEmpty();
        assertThatExceptionOfType(UndecodableEvent.class)
                .isThrownBy(() -> Seats.CODEC.decodeKnown(stored.get(1)))
                .satisfies(problem -> assertThat(problem.type()).isEqualTo("seat.freed"));
    }
}
