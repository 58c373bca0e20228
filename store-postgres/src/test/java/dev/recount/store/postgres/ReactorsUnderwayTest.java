package dev.recount.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.recount.EventLog;
import dev.recount.codec.EventCodec;
import dev.recount.codec.RecordedEvent;
import dev.recount.codec.UndecodableEvent;
import dev.recount.decider.Decider;
import dev.recount.event.NewEvent;
import dev.recount.event.StoredEvent;
import dev.recount.event.Tags;
import dev.recount.reaction.Reaction;
import dev.recount.reaction.ReactionStore;
import dev.recount.reaction.Reactor;
import dev.recount.reaction.RunningReactor;
import dev.recount.store.Append;
import dev.recount.store.EventStore;
import dev.recount.store.Query;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Reactors whose rig is moved, and whose connections break, while they have something to do. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ReactorsUnderwayTest {

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final int ROUNDS = 6;
    private static final int JOBS = 10;

    private final PostgresOptions options = Server.options().withBusyTimeout(LONG);

    @Test
    void each_outcome_is_recorded_once_while_the_rig_is_moved() throws Exception {
        try (PlacedTown town = Databases.town(options, "a", "b", "c");
                PlacedTown other = Databases.town(options, "a", "b", "c")) {
            EventStore rig = town.rig("rig");
            try (RunningReactor one = start(rig, town.reactions("rig"));
                    RunningReactor two = start(other.rig("rig"), other.reactions("rig"))) {
                for (int round = 0; round < ROUNDS; round++) {
                    rig.append(wanted(round));
                    town.move("rig", List.of("b", "c", "a").get(round % 3));
                }

                awaitAll(one, rig.info().head());
                awaitAll(two, rig.info().head());
                assertThat(done(rig)).containsExactlyInAnyOrderElementsOf(jobs());
                assertThat(one.failure()).isEmpty();
                assertThat(two.failure()).isEmpty();
            }
            Chain.requireWhole(rig);
        }
    }

    @Test
    void each_outcome_is_recorded_once_while_connections_break() throws Exception {
        String name = options.schema() + "_breaks";
        try (HikariDataSource breaking = Pools.of(Server.url() + "&ApplicationName=" + name, 6);
                PostgresEventStore rig = PostgresEventStore.open(Server.dataSource(), "rig", options);
                PostgresEventStore broken = PostgresEventStore.open(breaking, "rig", options);
                RunningReactor reactor = start(broken, PostgresReactions.of(broken))) {
            for (int round = 0; round < ROUNDS; round++) {
                rig.append(wanted(round));
                Sql.run(
                        Server.dataSource(),
                        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = '" + name
                                + "'");
            }

            awaitAll(reactor, rig.info().head());
            assertThat(done(rig)).containsExactlyInAnyOrderElementsOf(jobs());
            assertThat(reactor.failure()).isEmpty();
            Chain.requireWhole(rig);
        }
    }

    // What was broken off waits for its next try, and the others go first.
    private static void awaitAll(RunningReactor reactor, long head) throws InterruptedException {
        long end = System.nanoTime() + LONG.toNanos();
        do {
            assertThat(reactor.awaitIdle(head, LONG)).isTrue();
            assertThat(System.nanoTime()).as(reactor.status().toString()).isLessThan(end);
        } while (reactor.status().pending() > 0);
    }

    private static RunningReactor start(EventStore rig, ReactionStore reactions) {
        EventLog<Job> log = EventLog.of(rig, new Jobs());
        return log.react(new Worker(), reactions)
                .start(
                        (id, attempt) -> Optional.of(new Job(id, true)),
                        log.handle(new Confirming()).within(job -> Query.tagged("job", job.id())));
    }

    private static Append wanted(int round) {
        return Append.of(IntStream.range(round * JOBS, (round + 1) * JOBS)
                .mapToObj(id -> new Jobs().encode(new Job("j" + id, false)))
                .toList());
    }

    private static List<String> jobs() {
        return IntStream.range(0, ROUNDS * JOBS).mapToObj(id -> "j" + id).toList();
    }

    private static List<String> done(EventStore rig) {
        List<String> done = new ArrayList<>();
        for (StoredEvent event : Events.all(rig, Query.ofTypes("done"))) {
            done.add(new Jobs().decode(event).get(0).id());
        }
        return done;
    }

    private record Job(String id, boolean isDone) {}

    private static final class Worker implements Reactor<Job, String> {

        @Override
        public String name() {
            return "worker";
        }

        @Override
        public List<Reaction<String>> react(RecordedEvent<Job> event) {
            return event.event().isDone()
                    ? List.of()
                    : List.of(Reaction.now(event.event().id()));
        }
    }

    /** Confirms as often as it is told to, so that an outcome that is recorded twice shows. */
    private static final class Confirming implements Decider<Job, Boolean, Job> {

        @Override
        public Boolean initialState() {
            return true;
        }

        @Override
        public Boolean project(Boolean state, Job event) {
            return state;
        }

        @Override
        public List<Job> decide(Job job, Boolean state) {
            return List.of(job);
        }
    }

    private static final class Jobs implements EventCodec<Job> {

        @Override
        public NewEvent encode(Job job) {
            return NewEvent.of(job.isDone() ? "done" : "wanted", '"' + job.id() + '"')
                    .withTags(Tags.of("job", job.id()));
        }

        @Override
        public List<Job> decode(StoredEvent stored) {
            if (!types(Job.class).contains(stored.type())) {
                throw UndecodableEvent.unknownType(stored);
            }
            String data = stored.data();
            return List.of(
                    new Job(data.substring(1, data.length() - 1), stored.type().equals("done")));
        }

        @Override
        public Set<String> types(Class<? extends Job> eventClass) {
            return Set.of("wanted", "done");
        }
    }
}
