package dev.recount.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recount.EventLog;
import dev.recount.History;
import dev.recount.codec.jackson.JacksonCodec;
import dev.recount.command.CommandHandler;
import dev.recount.command.Outcome;
import dev.recount.event.Metadata;
import dev.recount.event.NewEvent;
import dev.recount.event.StoredEvent;
import dev.recount.event.Tags;
import dev.recount.examples.quickstart.SeatCommand.TakeSeat;
import dev.recount.examples.quickstart.SeatEvent.SeatTaken;
import dev.recount.store.Append;
import dev.recount.store.AppendCondition;
import dev.recount.store.Appended;
import dev.recount.store.EventStore;
import dev.recount.store.Query;
import dev.recount.store.memory.MemoryEventStore;
import dev.recount.subscription.Checkpoint;
import dev.recount.subscription.Subscription;
import dev.recount.subscription.SubscriptionOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** The samples about decisions, replay and subscriptions, run. {@link DocumentationTest} sees to it that none is missing here. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class LogSamplesTest {

    private final EventStore store = MemoryEventStore.create();
    private final EventLog<SeatEvent> log = EventLog.of(store, JacksonCodec.of(SeatEvent.class));

    @Test
    void a_log_decides_and_projects() {
        EventLog<SeatEvent> log = EventLog.of(store, JacksonCodec.of(SeatEvent.class));

        CommandHandler<SeatCommand, SeatEvent> seats =
                log.handle(new SeatDecider()).within(command -> Query.tagged("seat", command.seat()));
        seats.handle(new TakeSeat("12A", "Ada"));

        Map<String, String> plan = log.replay(new SeatPlan()).run().state();

        assertThat(plan).containsExactly(Map.entry("12A", "Ada"));
    }

    @Test
    void a_command_has_an_outcome() {
        CommandHandler<SeatCommand, SeatEvent> seats =
                log.handle(new SeatDecider()).within(command -> Query.tagged("seat", command.seat()));
        Outcome<SeatEvent> outcome = seats.handle(new TakeSeat("12A", "Ada"));

        assertThat(outcome.events()).containsExactly(new SeatTaken("12A", "Ada"));
    }

    @Test
    void metadata_says_how_an_event_came_to_be() {
        CommandHandler<SeatCommand, SeatEvent> seats = log.handle(new SeatDecider());

        Metadata metadata =
                Metadata.empty().withCommandId("command-7").withActor("Ada").with("host", "ash");
        Outcome<SeatEvent> outcome = seats.handle(new TakeSeat("12A", "Ada"), metadata);

        assertThat(outcome.appended().last()).isEqualTo(1);
        assertThat(log.read(Query.all()))
                .first()
                .extracting(taken -> taken.stored().metadata().get("host"))
                .isEqualTo(Optional.of("ash"));
    }

    @Test
    void a_decision_can_be_made_by_hand() {
        History<SeatEvent> history = log.read(Query.tagged("seat", "12A"));
        if (history.stream().noneMatch(recorded -> recorded.event() instanceof SeatTaken)) {
            log.append(List.of(new SeatTaken("12A", "Ada")), history.unchanged());
        }

        assertThat(log.read(Query.all())).hasSize(1);
    }

    @Test
    void a_command_that_arrives_twice_is_carried_out_once() {
        CommandHandler<SeatCommand, SeatEvent> seats =
                log.handle(new SeatDecider()).within(command -> Query.tagged("seat", command.seat()));

        Metadata metadata = Metadata.empty().withCommandId("command-7").withActor("Ada");
        Outcome<SeatEvent> first = seats.handle(new TakeSeat("12A", "Ada"), metadata);
        Outcome<SeatEvent> again =
                seats.handle(new TakeSeat("12A", "Ada"), metadata); // the same outcome, nothing stored

        assertThat(again.events()).isEqualTo(first.events());
        assertThat(again.appended().repeated()).isTrue();
        assertThat(store.info().head()).isEqualTo(1);
    }

    @Test
    void a_subscription_goes_on_from_a_checkpoint() throws InterruptedException {
        Checkpoint saved = new Checkpoint(store.info().logId(), 0);
        List<String> feed = new CopyOnWriteArrayList<>();
        List<String> problems = new CopyOnWriteArrayList<>();
        Appended appended = take("12A", "Ada");

        try (Subscription subscription = log.subscribe(
                SubscriptionOptions.defaults().from(saved),
                recorded -> feed.add(recorded.sequence() + " " + recorded.event()),
                undecodable -> problems.add(undecodable.getMessage()))) {
            subscription.awaitSequence(appended.last(), Duration.ofSeconds(60));
            saved = subscription.checkpoint();
        }

        assertThat(feed).containsExactly("1 SeatTaken[seat=12A, guest=Ada]");
        assertThat(problems).isEmpty();
        assertThat(saved.sequence()).isEqualTo(1);
    }

    @Test
    void stored_events_can_be_followed_without_their_classes() throws InterruptedException {
        Checkpoint saved = new Checkpoint(store.info().logId(), 0);
        List<StoredEvent> index = new CopyOnWriteArrayList<>();
        Appended appended = take("12A", "Ada");

        try (Subscription subscription =
                Subscription.start(store, SubscriptionOptions.defaults().from(saved), event -> index.add(event))) {
            subscription.awaitSequence(appended.last(), Duration.ofSeconds(60));
        }

        assertThat(index).extracting(StoredEvent::type).containsExactly("seat.taken");
    }

    @Test
    void a_subscription_can_be_narrow() throws InterruptedException {
        Checkpoint saved = new Checkpoint(store.info().logId(), 0);
        List<StoredEvent> index = new CopyOnWriteArrayList<>();
        take("12A", "Ada");
        Appended last =
                store.append(Append.of(List.of(NewEvent.of("bead.hooked", "{}").withTags(Tags.of("bead", "gt-1a2b")))));

        SubscriptionOptions narrow = SubscriptionOptions.defaults()
                .matching(Query.tagged("bead", "gt-1a2b"))
                .from(saved);

        try (Subscription subscription = Subscription.start(store, narrow, index::add)) {
            subscription.awaitSequence(last.last(), Duration.ofSeconds(60));
        }
        assertThat(index).extracting(StoredEvent::type).containsExactly("bead.hooked");
    }

    @Test
    void a_read_model_can_be_seen_as_it_was() {
        take("12A", "Ada");

        Map<String, String> lastWeek = log.replay(new SeatPlan())
                .until(Instant.parse("2026-11-13T00:00:00Z"))
                .run()
                .state();
        Map<String, String> plan = log.replay(new SeatPlan()).run().state(); // from sequence zero

        assertThat(lastWeek).isEmpty();
        assertThat(plan).containsEntry("12A", "Ada");
    }

    private Appended take(String seat, String guest) {
        return log.append(List.of(new SeatTaken(seat, guest)), AppendCondition.none());
    }
}
