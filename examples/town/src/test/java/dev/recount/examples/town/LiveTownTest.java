package dev.recount.examples.town;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recount.EventLog;
import dev.recount.codec.jackson.JacksonCodec;
import dev.recount.command.CommandHandler;
import dev.recount.replay.LiveModel;
import dev.recount.replay.Replayed;
import dev.recount.replay.WhatIfResult;
import dev.recount.store.sqlite.SqliteEventStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A town kept current in memory, and its commands decided again, on a rig's file. */
@Timeout(300)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class LiveTownTest {

    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    @Test
    void every_state_that_is_seen_is_the_replay_up_to_its_sequence() throws InterruptedException {
        List<Replayed<TownState>> seen = new ArrayList<>();
        try (SqliteEventStore store = SqliteEventStore.open(folder.resolve("rig.db"));
                SqliteEventStore other = SqliteEventStore.open(folder.resolve("rig.db"));
                LiveModel<TownState> town =
                        TownLog.in(store).replay(new TownProjector()).live()) {
            Thread here = new Thread(() -> carryOut(60, 1, TownLog.in(store)));
            Thread there = new Thread(() -> carryOut(60, 2, TownLog.in(other)));
            here.start();
            there.start();
            while (here.isAlive() || there.isAlive()) {
                seen.add(town.current());
                town.whenApplied(town.current().sequence() + 1, Duration.ofMillis(10));
            }
            assertThat(town.whenCaughtUp(LONG)).isTrue();
            seen.add(town.current());

            assertThat(seen.get(seen.size() - 1).sequence())
                    .isEqualTo(store.info().head())
                    .isGreaterThan(10);
            assertThat(seen)
                    .allSatisfy(state -> assertThat(TownLog.in(store)
                                    .replay(new TownProjector())
                                    .until(state.sequence())
                                    .run()
                                    .state())
                            .isEqualTo(state.state()));
        }
    }

    @Test
    void recorded_commands_decided_again_by_the_same_rules_give_the_same() {
        try (SqliteEventStore store = SqliteEventStore.open(folder.resolve("rig.db"))) {
            EventLog<TownEvent> rig = TownLog.in(store);
            long accepted = carryOut(250, 3, rig);

            WhatIfResult<TownCommand> bounded = rig.whatIf(new TownDecider(), TownLog.commandCodec())
                    .within(TownCommand::boundary)
                    .run();
            WhatIfResult<TownCommand> whole =
                    rig.whatIf(new TownDecider(), TownLog.commandCodec()).run();

            assertThat(bounded)
                    .isEqualTo(whole)
                    .isEqualTo(new WhatIfResult<>(store.info().head(), accepted, accepted, List.of(), 0, 0, List.of()));
        }
    }

    @Test
    void every_command_can_be_recorded() {
        Random random = new Random(4);
        RandomCommands commands = RandomCommands.create();
        for (int i = 0; i < 500; i++) {
            TownCommand command = commands.next(random);

            assertThat(TownLog.commandCodec().encode(command).type()).isNotBlank();
        }
        assertThat(JacksonCodec.of(TownCommand.class).types(TownCommand.class)).hasSize(28);
    }

    /** How many led to events. */
    private static long carryOut(int count, long seed, EventLog<TownEvent> rig) {
        CommandHandler<TownCommand, TownEvent> commands =
                TownLog.commands(rig).recordingCommands(TownLog.commandCodec());
        Random random = new Random(seed);
        RandomCommands generator = RandomCommands.create();
        long accepted = 0;
        for (int i = 0; i < count; i++) {
            try {
                accepted += commands.handle(generator.next(random)).events().isEmpty() ? 0 : 1;
            } catch (TownRejected refused) {
                // It leaves no trace.
            }
        }
        return accepted;
    }
}
