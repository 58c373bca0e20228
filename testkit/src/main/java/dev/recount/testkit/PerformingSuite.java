package dev.recount.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.recount.EventLog;
import dev.recount.event.Metadata;
import dev.recount.event.StoredEvent;
import dev.recount.reaction.Reaction;
import dev.recount.reaction.Reactor;
import dev.recount.reaction.RunningReactor;
import dev.recount.reaction.StoredReaction;
import dev.recount.store.AppendCondition;
import dev.recount.store.Query;
import dev.recount.subscription.Checkpoint;
import dev.recount.testkit.Parcels.CancelParcel;
import dev.recount.testkit.Parcels.ParcelEvent;
import dev.recount.testkit.Parcels.ParcelOrdered;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a reactor wants is performed once, in order, and its outcome recorded. */
abstract class PerformingSuite extends ReactorSuite {

    PerformingSuite(ReactorContract contract) {
        super(contract);
    }

    @Test
    void does_what_the_reactor_wants_and_records_the_outcome() throws Exception {
        store.append(Parcels.order(1, 3));

        RunningReactor reactor = start(setup(Parcels.sender()), this::send);
        assertTrue(reactor.awaitIdle(3, LONG));
        store.append(Parcels.order(4, 1));
        assertTrue(reactor.awaitIdle(8, LONG));

        assertEquals(List.of("p1", "p2", "p3", "p4"), performed);
        assertEquals(List.of("p1", "p2", "p3", "p4"), sent());
        assertEquals(0, reactor.status().pending());
        assertEquals(new Checkpoint(store.info().logId(), 8), reactor.status().checkpoint());
    }

    @Test
    void reads_a_log_of_two_events() throws Exception {
        reactsToTheLastOf(2);
    }

    @Test
    void reads_a_log_of_half_a_page() throws Exception {
        reactsToTheLastOf(500);
    }

    @Test
    void reads_a_log_of_just_a_page() throws Exception {
        reactsToTheLastOf(1_000);
    }

    @Test
    void reads_a_log_that_is_one_event_longer_than_a_page() throws Exception {
        reactsToTheLastOf(1_001);
    }

    private void reactsToTheLastOf(int length) throws Exception {
        store.append(Parcels.order(1, length - 1));
        store.append(Parcels.order(length, 1));
        Reactor<ParcelEvent, String> last = Parcels.reactor(
                event -> event.id().equals("p" + length) ? List.of(Reaction.now(event.id())) : List.of());

        RunningReactor reactor = start(setup(last), (intent, attempt) -> {
            performed.add(intent);
            return Optional.empty();
        });

        assertTrue(reactor.awaitIdle(length, LONG));
        assertEquals(List.of("p" + length), performed);
    }

    @Test
    void tells_the_outcome_where_it_comes_from() throws Exception {
        EventLog<ParcelEvent> log = Parcels.log(store);
        log.append(
                List.of(new ParcelOrdered("p1", "book")),
                AppendCondition.none(),
                Metadata.empty().withCorrelationId("talk-1"));
        log.append(List.of(new ParcelOrdered("p2", "book")), AppendCondition.none());

        assertTrue(start(setup(Parcels.sender()), this::send).awaitIdle(2, LONG));

        String logId = store.info().logId();
        assertEquals(List.of("reactor-parcels-1-0-" + logId, "reactor-parcels-2-0-" + logId), keys());
        assertEquals(
                List.of(
                        Metadata.empty()
                                .withCommandId("reactor-parcels-1-0-" + logId)
                                .withCausationId("event:1")
                                .withCorrelationId("talk-1"),
                        Metadata.empty()
                                .withCommandId("reactor-parcels-2-0-" + logId)
                                .withCausationId("event:2")),
                readAll().subList(2, 4).stream().map(StoredEvent::metadata).toList());
    }

    @Test
    void performs_all_reactions_to_one_event_in_order() throws Exception {
        store.append(Parcels.order(1, 1));
        Reactor<ParcelEvent, String> three = Parcels.reactor(event -> event instanceof ParcelOrdered
                ? List.of(Reaction.now("a"), Reaction.cancel("nothing"), Reaction.now("b"))
                : List.of());

        assertTrue(start(setup(three), this::send).awaitIdle(1, LONG));

        assertEquals(List.of("a", "b"), performed);
        assertTrue(
                attempts.get(1).key().startsWith("reactor-parcels-1-2-"),
                () -> attempts.get(1).key());
        assertEquals(List.of("a", "b"), sent());
    }

    @Test
    void an_effect_need_not_have_an_outcome() throws Exception {
        store.append(Parcels.order(1, 2));

        RunningReactor reactor = start(setup(Parcels.sender()), (intent, attempt) -> {
            performed.add(intent);
            return Optional.empty();
        });

        assertTrue(reactor.awaitIdle(2, LONG));
        assertEquals(List.of("p1", "p2"), performed);
        assertEquals(2, store.info().head());
    }

    @Test
    void an_outcome_that_the_rules_refuse_is_kept_as_refused_and_not_tried_again() throws Exception {
        store.append(Parcels.order(1, 2));
        Parcels.handler(store).handle(new CancelParcel("p1"));

        RunningReactor reactor = start(setup(Parcels.sender()), this::send);
        assertTrue(reactor.awaitIdle(3, LONG));

        assertEquals(List.of("p1", "p2"), performed);
        assertEquals(List.of("p2"), sent());
        assertEquals(1, reactor.status().rejected());
        StoredReaction rejected = reactor.rejected(10).get(0);
        assertTrue(
                rejected.reason().startsWith("PARCEL_IS_CANCELLED: Parcel p1 was cancelled."), () -> rejected.reason());
        assertEquals(List.of("rejected 1/0 PARCEL_IS_CANCELLED"), told);
        assertTrue(reactor.forget(rejected.id()));
        assertEquals(List.of(), reactor.rejected(10));
    }

    @Test
    void only_what_a_query_finds() throws Exception {
        store.append(Parcels.order(1, 3));

        RunningReactor reactor = start(setup(Parcels.sender()).matching(Query.tagged("parcel", "p2")), this::send);

        assertTrue(reactor.awaitIdle(3, LONG));
        assertEquals(List.of("p2"), performed);
    }

    @Test
    void a_new_one_can_leave_out_what_is_there_already() throws Exception {
        store.append(Parcels.order(1, 3));

        RunningReactor reactor = start(setup(Parcels.sender()).fromHead(), this::send);
        store.append(Parcels.order(4, 1));

        assertTrue(reactor.awaitIdle(4, LONG));
        assertEquals(List.of("p4"), performed);
    }
}
