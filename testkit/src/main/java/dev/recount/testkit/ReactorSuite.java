package dev.recount.testkit;

import dev.recount.codec.UndecodableEvent;
import dev.recount.decider.CommandRejected;
import dev.recount.event.StoredEvent;
import dev.recount.reaction.Attempt;
import dev.recount.reaction.Effect;
import dev.recount.reaction.ReactionStore;
import dev.recount.reaction.Reactor;
import dev.recount.reaction.ReactorListener;
import dev.recount.reaction.ReactorSetup;
import dev.recount.reaction.RunningReactor;
import dev.recount.reaction.StoredReaction;
import dev.recount.store.EventStore;
import dev.recount.store.Query;
import dev.recount.store.ReadOptions;
import dev.recount.testkit.Parcels.ConfirmParcel;
import dev.recount.testkit.Parcels.ParcelCommand;
import dev.recount.testkit.Parcels.ParcelEvent;
import dev.recount.testkit.Parcels.ParcelSent;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/** What every suite of the contract works with: a log, its reactors, a clock, and what effects and listeners have noted. */
@Timeout(120)
abstract class ReactorSuite {

    static final Duration LONG = Duration.ofSeconds(60);

    final SettableClock clock = new SettableClock();
    final List<String> performed = new CopyOnWriteArrayList<>();
    final List<Attempt> attempts = new CopyOnWriteArrayList<>();
    final List<String> told = new CopyOnWriteArrayList<>();
    final AtomicBoolean broken = new AtomicBoolean();

    private final ReactorContract contract;
    private final List<EventStore> opened = new ArrayList<>();
    private final List<RunningReactor> running = new ArrayList<>();

    EventStore store;
    ReactionStore reactions;

    ReactorSuite(ReactorContract contract) {
        this.contract = contract;
    }

    @BeforeEach
    final void openAnEmptyLog() {
        store = openAnother();
        reactions = contract.open(store);
    }

    @AfterEach
    final void closeAll() {
        running.forEach(RunningReactor::close);
        opened.forEach(EventStore::close);
    }

    /** Another store on the same log, while the first is open. */
    final EventStore openAnother() {
        EventStore opening = contract.openLog();
        opened.add(opening);
        return opening;
    }

    final <I> ReactorSetup<ParcelEvent, I> setup(Reactor<ParcelEvent, I> reactor) {
        return setup(store, reactor);
    }

    final <I> ReactorSetup<ParcelEvent, I> setup(EventStore on, Reactor<ParcelEvent, I> reactor) {
        return setup(on, contract.open(on), reactor);
    }

    final <I> ReactorSetup<ParcelEvent, I> setup(EventStore on, ReactionStore noted, Reactor<ParcelEvent, I> reactor) {
        return Parcels.log(on).react(reactor, noted).withClock(clock).reportingTo(new Notes());
    }

    final RunningReactor start(ReactorSetup<ParcelEvent, String> setup, Effect<String, ParcelCommand> effect) {
        return closedAtTheEnd(setup.start(effect, Parcels.handler(store)));
    }

    final RunningReactor closedAtTheEnd(RunningReactor started) {
        running.add(started);
        return started;
    }

    /** An effect that always works. */
    final Optional<ParcelCommand> send(String intent, Attempt attempt) {
        attempts.add(attempt);
        performed.add(intent);
        return Optional.of(new ConfirmParcel(intent, attempt.key()));
    }

    final Optional<ParcelCommand> sendUnlessP1IsBroken(String intent, Attempt attempt) throws IOException {
        if (intent.equals("p1") && broken.get()) {
            attempts.add(attempt);
            throw new IOException("the van is broken");
        }
        return send(intent, attempt);
    }

    final List<StoredEvent> readAll() {
        return Pages.readAll(store, Query.all(), ReadOptions.defaults());
    }

    /** The parcels whose sending is recorded. */
    final List<String> sent() {
        return readAll().stream()
                .map(stored -> new Parcels.Codec().decodeKnown(stored).get(0))
                .filter(ParcelSent.class::isInstance)
                .map(ParcelEvent::id)
                .toList();
    }

    final List<String> keys() {
        return attempts.stream().map(Attempt::key).toList();
    }

    final List<Integer> numbers() {
        return attempts.stream().map(Attempt::number).toList();
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
