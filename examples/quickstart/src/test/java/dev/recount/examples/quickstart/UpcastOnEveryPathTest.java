package dev.recount.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.recount.EventLog;
import dev.recount.codec.RecordedEvent;
import dev.recount.codec.jackson.EventMapping;
import dev.recount.codec.jackson.JacksonCodec;
import dev.recount.codec.jackson.JacksonState;
import dev.recount.codec.jackson.Upcaster;
import dev.recount.command.CommandHandler;
import dev.recount.command.Outcome;
import dev.recount.decider.Projector;
import dev.recount.event.Metadata;
import dev.recount.event.NewEvent;
import dev.recount.event.Tags;
import dev.recount.examples.quickstart.SeatCommand.FreeSeat;
import dev.recount.examples.quickstart.SeatCommand.TakeSeat;
import dev.recount.examples.quickstart.SeatEvent.SeatTaken;
import dev.recount.snapshot.Snapshots;
import dev.recount.store.Append;
import dev.recount.store.EventStore;
import dev.recount.store.Query;
import dev.recount.store.memory.MemoryEventStore;
import dev.recount.store.memory.MemorySnapshots;
import dev.recount.store.sqlite.LogCopy;
import dev.recount.store.sqlite.SqliteEventStore;
import dev.recount.subscription.Subscription;
import dev.recount.subscription.SubscriptionOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An event of an earlier schema is read as what it stands for today, whoever reads it and however its store gives it. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class UpcastOnEveryPathTest {

    private static final SeatTaken UPCAST = new SeatTaken("12A", "unknown");

    private static final JacksonCodec<SeatEvent> CODEC = JacksonCodec.builder(SeatEvent.class)
            .type(EventMapping.of("seat.taken", SeatTaken.class).withVersion(2).withTag("seat", SeatTaken::seat))
            .upcaster(
                    "seat.taken",
                    1,
                    Upcaster.ofData(json -> json.renamed("chair", "seat").with("guest", "unknown")))
            .build();

    private static final Projector<List<SeatEvent>, SeatEvent> EVERYTHING =
            Projector.<List<SeatEvent>, SeatEvent>startingWith(List.of()).on(SeatEvent.class, (seats, event) -> {
                List<SeatEvent> more = new ArrayList<>(seats);
                more.add(event);
                return List.copyOf(more);
            });

    /** SQLite gives its events packed, the other store whole. */
    enum Kind {
        MEMORY,
        SQLITE
    }

    @TempDir
    Path folder;

    private EventStore store = MemoryEventStore.create();

    private EventLog<SeatEvent> logOf(Kind kind) {
        store = kind == Kind.MEMORY ? store : SqliteEventStore.open(folder.resolve("log.db"));
        store.append(Append.of(List.of(old())));
        return EventLog.of(store, CODEC);
    }

    private static NewEvent old() {
        return NewEvent.of("seat.taken", "{\"chair\":\"12A\"}").withTags(Tags.of("seat", "12A"));
    }

    @AfterEach
    void close() {
        store.close();
    }

    @ParameterizedTest
    @EnumSource
    void a_replay_upcasts(Kind kind) {
        EventLog<SeatEvent> log = logOf(kind);

        assertThat(log.replay(EVERYTHING).run().state()).containsExactly(UPCAST);
        assertThat(log.replay(EVERYTHING).withPageSize(1).onOneThread().run().state())
                .containsExactly(UPCAST);
    }

    @ParameterizedTest
    @EnumSource
    void a_replay_that_reads_ahead_upcasts(Kind kind) {
        EventLog<SeatEvent> log = logOf(kind);
        store.append(Append.of(IntStream.range(0, 30).mapToObj(i -> old()).toList()));

        assertThat(log.replay(EVERYTHING).withPageSize(1).run().state())
                .hasSize(31)
                .containsOnly(UPCAST);
    }

    @ParameterizedTest
    @EnumSource
    void a_history_upcasts(Kind kind) {
        EventLog<SeatEvent> log = logOf(kind);

        assertThat(log.read(Query.tagged("seat", "12A")).stream().map(RecordedEvent::event))
                .containsExactly(UPCAST);
        assertThat(log.read(Query.all()).fold(EVERYTHING)).containsExactly(UPCAST);
    }

    @ParameterizedTest
    @EnumSource
    void a_subscription_upcasts(Kind kind) throws InterruptedException {
        EventLog<SeatEvent> log = logOf(kind);
        List<SeatEvent> heard = new CopyOnWriteArrayList<>();

        try (Subscription subscription =
                log.subscribe(SubscriptionOptions.defaults(), recorded -> heard.add(recorded.event()), problem -> {
                    throw problem;
                })) {
            assertThat(subscription.awaitSequence(1, Duration.ofSeconds(60))).isTrue();
            store.append(Append.of(List.of(old())));
            assertThat(subscription.awaitSequence(2, Duration.ofSeconds(60))).isTrue();
        }

        assertThat(heard).containsExactly(UPCAST, UPCAST);
    }

    @ParameterizedTest
    @EnumSource
    void a_decision_upcasts(Kind kind) {
        CommandHandler<SeatCommand, SeatEvent> seats = logOf(kind)
                .handle(new SeatDecider())
                .within(command -> Query.tagged("seat", command.seat()))
                .keepingStates(10);

        assertThatExceptionOfType(SeatAlreadyTaken.class).isThrownBy(() -> seats.handle(new TakeSeat("12A", "Ada")));
        seats.handle(new FreeSeat("12A"));
        store.append(Append.of(List.of(old())));
        assertThatExceptionOfType(SeatAlreadyTaken.class).isThrownBy(() -> seats.handle(new TakeSeat("12A", "Ada")));
    }

    @ParameterizedTest
    @EnumSource
    void the_outcome_of_a_repeated_command_is_upcast(Kind kind) {
        EventLog<SeatEvent> log = logOf(kind);
        TakeSeat command = new TakeSeat("12A", "Ada");
        store.append(Append.of(List.of(old())).withReceiptFor("id", command.toString()));

        Outcome<SeatEvent> again =
                log.handle(new SeatDecider()).handle(command, Metadata.empty().withCommandId("id"));

        assertThat(again.events()).containsExactly(UPCAST);
    }

    @ParameterizedTest
    @EnumSource
    void what_comes_after_a_snapshot_is_upcast(Kind kind) {
        EventLog<SeatEvent> log = logOf(kind);
        Snapshots<Integer> snapshots = Snapshots.of(
                        MemorySnapshots.create(), "taken", 1, JacksonState.of(Integer.class))
                .withInterval(1);
        Projector<Integer, SeatEvent> taken = Projector.<Integer, SeatEvent>startingWith(0)
                .on(SeatTaken.class, (seats, event) -> event.equals(UPCAST) ? seats + 1 : -1_000);
        assertThat(log.replay(taken).withSnapshots(snapshots).run().state()).isEqualTo(1);

        store.append(Append.of(List.of(old(), old())));

        assertThat(log.replay(taken).withSnapshots(snapshots).run().state()).isEqualTo(3);
    }

    @ParameterizedTest
    @EnumSource(names = "SQLITE")
    void a_copy_keeps_the_version_so_that_it_upcasts_too(Kind kind) {
        logOf(kind);
        LogCopy.of((SqliteEventStore) store).to(folder.resolve("copy.db"));

        try (SqliteEventStore copy = SqliteEventStore.openReadOnly(folder.resolve("copy.db"))) {
            assertThat(EventLog.of(copy, CODEC).replay(EVERYTHING).run().state())
                    .containsExactly(UPCAST);
        }
    }
}
