package dev.recount.examples.town;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recount.EventLog;
import dev.recount.store.Query;
import dev.recount.store.sqlite.Durability;
import dev.recount.store.sqlite.SqliteOptions;
import dev.recount.store.sqlite.SqliteTown;
import dev.recount.testkit.SettableClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@Timeout(300)
class EscalationTimersTest {

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Duration FOUR_HOURS = Duration.ofHours(4);

    @TempDir
    Path folder;

    private final SettableClock clock = new SettableClock();
    private SqliteTown town;
    private EventLog<TownEvent> rig;

    @BeforeEach
    void open() {
        town = SqliteTown.open(folder, SqliteOptions.defaults().withDurability(Durability.NORMAL));
        rig = TownLog.in(town.rig("gastown"));
        clock.set(CommandCase.NOON);
    }

    @AfterEach
    void close() {
        town.close();
    }

    private TownReactors start(String owner) {
        return TownReactors.start(TownReactors.rigsOf(town), owner, clock);
    }

    private void perform(TownCommand command) {
        TownLog.commands(rig).handle(command);
    }

    private void move(Duration by, TownReactors reactors) throws InterruptedException {
        clock.move(by);
        assertThat(reactors.awaitIdle(LONG)).isTrue();
    }

    /** The severities that were raised to. */
    private List<String> raised(String bead) {
        return rig.read(Query.tagged("bead", bead).and(Query.ofTypes("escalated"))).stream()
                .flatMap(recorded -> Optional.ofNullable((EscalationEvent.Escalated) recorded.event()).stream())
                .filter(event -> event.raised() > 0)
                .map(event -> event.to().word())
                .toList();
    }

    @Test
    void what_nobody_acknowledges_is_raised_after_four_eight_and_twelve_hours_and_then_no_more() throws Exception {
        perform(CommandCase.escalate("e1", "low"));
        try (TownReactors reactors = start("one")) {
            move(FOUR_HOURS.minusSeconds(1), reactors);
            assertThat(raised("e1")).isEmpty();

            move(Duration.ofSeconds(1), reactors);
            assertThat(raised("e1")).containsExactly("medium");

            move(FOUR_HOURS, reactors);
            assertThat(raised("e1")).containsExactly("medium", "high");

            move(FOUR_HOURS, reactors);
            move(Duration.ofDays(30), reactors);
            assertThat(raised("e1")).containsExactly("medium", "high", "critical");
            assertThat(reactors.running())
                    .allSatisfy(
                            reactor -> assertThat(reactor.status().pending()).isZero());
        }
    }

    @Test
    void nothing_is_more_than_critical() throws Exception {
        perform(CommandCase.escalate("e1", "high"));
        perform(CommandCase.escalate("e2", "critical"));
        try (TownReactors reactors = start("one")) {
            move(Duration.ofDays(2), reactors);

            assertThat(raised("e1")).containsExactly("critical");
            assertThat(raised("e2")).isEmpty();
        }
    }

    @Test
    void who_acknowledges_closes_or_deletes_it_stops_the_timer() throws Exception {
        for (String bead : List.of("e1", "e2", "e3")) {
            perform(CommandCase.escalate(bead, "low"));
        }
        try (TownReactors reactors = start("one")) {
            move(FOUR_HOURS, reactors);
            perform(new EscalationCommand.AcknowledgeEscalation("e1", null, "ann", CommandCase.NOON));
            perform(new BeadCommand.CloseBead("e2", null, "ann", CommandCase.NOON));
            perform(new BeadCommand.DeleteBead("e3", null, "ann", CommandCase.NOON));

            assertThat(reactors.awaitIdle(LONG)).isTrue();
            move(Duration.ofDays(2), reactors);

            for (String bead : List.of("e1", "e2", "e3")) {
                assertThat(raised(bead)).as(bead).containsExactly("medium");
            }
            assertThat(reactors.running()).allSatisfy(reactor -> {
                assertThat(reactor.status().pending()).isZero();
                assertThat(reactor.rejected(10)).isEmpty();
            });
        }
    }

    @Test
    void what_became_due_while_nothing_ran_is_raised_at_the_next_start_once() throws Exception {
        perform(CommandCase.escalate("e1", "low"));
        try (TownReactors reactors = start("one")) {
            assertThat(reactors.awaitIdle(LONG)).isTrue();
        }
        town.close();
        clock.move(FOUR_HOURS.plusHours(1));

        open();
        clock.set(CommandCase.NOON.plus(FOUR_HOURS.plusHours(1)));
        for (String owner : List.of("one", "two")) {
            try (TownReactors reactors = start(owner)) {
                assertThat(reactors.awaitIdle(LONG)).isTrue();
            }
            assertThat(raised("e1")).as("after %s", owner).containsExactly("medium");
        }
    }

    @Test
    void what_is_reopened_without_an_answer_waits_anew() throws Exception {
        perform(CommandCase.escalate("e1", "low"));
        perform(new BeadCommand.CloseBead("e1", null, "ann", CommandCase.NOON));
        clock.move(Duration.ofDays(2));
        perform(new BeadCommand.ReopenBead("e1", null, "ann", clock.instant()));
        try (TownReactors reactors = start("one")) {
            assertThat(reactors.awaitIdle(LONG)).isTrue();
            assertThat(raised("e1")).isEmpty();

            move(FOUR_HOURS, reactors);
            assertThat(raised("e1")).containsExactly("medium");
        }
    }
}
