package dev.recount.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recount.EventLog;
import dev.recount.codec.RecordedEvent;
import dev.recount.codec.jackson.JacksonCodec;
import dev.recount.command.CommandHandler;
import dev.recount.command.Outcome;
import dev.recount.examples.quickstart.CheckpointCommand.RequestCheckpoint;
import dev.recount.examples.quickstart.CheckpointEvent.CheckpointCreated;
import dev.recount.reaction.Effect;
import dev.recount.reaction.Reaction;
import dev.recount.reaction.Reactor;
import dev.recount.reaction.Retries;
import dev.recount.reaction.RunningReactor;
import dev.recount.reaction.StoredReaction;
import dev.recount.store.Query;
import dev.recount.store.memory.MemoryEventStore;
import dev.recount.store.memory.MemoryReactions;
import dev.recount.store.sqlite.SqliteEventStore;
import dev.recount.store.sqlite.SqliteReactions;
import dev.recount.testkit.SettableClock;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The samples about reactors, run. {@link DocumentationTest} sees to it that none is missing here. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ReactorSamplesTest {

    @TempDir
    Path folder;

    @Test
    void an_effect_writes_a_file_and_its_outcome_is_an_event() throws Exception {
        try (SqliteEventStore store = SqliteEventStore.open(folder.resolve("gastown.db"))) {
            EventLog<CheckpointEvent> log = EventLog.of(store, JacksonCodec.of(CheckpointEvent.class));
            CommandHandler<CheckpointCommand, CheckpointEvent> beads =
                    log.handle(new CheckpointDecider()).within(command -> Query.tagged("bead", command.bead()));

            RunningReactor checkpoints = log.react(new Checkpoints(), SqliteReactions.of(store))
                    .withRetries(Retries.defaults().withMaxAttempts(5))
                    .start(new CheckpointFiles(folder), beads);

            Outcome<CheckpointEvent> asked = beads.handle(new RequestCheckpoint("gt-1a2b", "so far"));
            checkpoints.awaitIdle(asked.appended().last(), Duration.ofSeconds(30));

            List<StoredReaction> parked = checkpoints.parked(100);
            parked.forEach(reaction -> checkpoints.retry(reaction.id()));

            checkpoints.close();
            assertThat(parked).isEmpty();
            assertThat(folder.resolve(created(log))).hasContent("so far");
        }
    }

    @Test
    void an_effect_makes_a_commit() throws Exception {
        Git git = new Git(folder);
        git.run("init", "--quiet");
        git.run("commit", "--quiet", "--allow-empty", "-m", "Begin");
        EventLog<CheckpointEvent> log = EventLog.of(MemoryEventStore.create(), JacksonCodec.of(CheckpointEvent.class));
        CommandHandler<CheckpointCommand, CheckpointEvent> beads = log.handle(new CheckpointDecider());
        beads.handle(new RequestCheckpoint("gt-1a2b", "so far"));

        try (RunningReactor checkpoints =
                log.react(new Checkpoints(), MemoryReactions.create()).start(new CheckpointCommits(git), beads)) {
            assertThat(checkpoints.awaitIdle(1, Duration.ofSeconds(60))).isTrue();
            assertThat(checkpoints.status().retrying()).isZero();
        }

        assertThat(created(log)).isEqualTo(git.run("rev-parse", "HEAD"));
    }

    @Test
    void a_reaction_can_wait_for_its_time() {
        SaveCheckpoint save = new SaveCheckpoint("gt-1a2b", "so far");
        Instant evening = Instant.parse("2026-03-03T18:00:00Z");

        Reaction<SaveCheckpoint> soon = Reaction.now(save);
        Reaction<SaveCheckpoint> later = Reaction.at(evening, save).under("gt-1a2b"); // in the place of an earlier one
        Reaction<SaveCheckpoint> off = Reaction.cancel("gt-1a2b");

        assertThat(soon).isEqualTo(Reaction.now(save)).isNotEqualTo(later);
        assertThat(off.intent()).isEmpty();
    }

    @Test
    void a_test_moves_the_clock() throws Exception {
        List<String> saved = new ArrayList<>();
        Effect<SaveCheckpoint, CheckpointCommand> effect = (intent, attempt) -> {
            saved.add(intent.bead());
            return Optional.empty();
        };
        EventLog<CheckpointEvent> log = EventLog.of(MemoryEventStore.create(), JacksonCodec.of(CheckpointEvent.class));
        CommandHandler<CheckpointCommand, CheckpointEvent> beads = log.handle(new CheckpointDecider());
        beads.handle(new RequestCheckpoint("gt-1a2b", "so far"));

        SettableClock clock = new SettableClock();
        RunningReactor reminders = log.react(new Reminders(), MemoryReactions.create())
                .withClock(clock)
                .start(effect, beads);
        reminders.awaitIdle(1, Duration.ofSeconds(30));
        assertThat(saved).isEmpty();

        clock.move(Duration.ofHours(1));
        reminders.awaitIdle(1, Duration.ofSeconds(30));
        assertThat(saved).containsExactly("gt-1a2b");

        reminders.close();
    }

    /** An hour after ten. */
    private static final class Reminders implements Reactor<CheckpointEvent, SaveCheckpoint> {

        @Override
        public String name() {
            return "reminders";
        }

        @Override
        public List<Reaction<SaveCheckpoint>> react(RecordedEvent<CheckpointEvent> recorded) {
            return List.of(Reaction.at(Instant.parse("2026-03-03T11:00:00Z"), new SaveCheckpoint("gt-1a2b", "so far")));
        }
    }

    private static String created(EventLog<CheckpointEvent> log) throws IOException {
        for (var recorded : log.read(Query.all())) {
            if (recorded.event() instanceof CheckpointCreated created) {
                return created.reference();
            }
        }
        throw new IOException("no checkpoint was created");
    }
}
