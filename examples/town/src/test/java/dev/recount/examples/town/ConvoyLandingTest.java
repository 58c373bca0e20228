package dev.recount.examples.town;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recount.EventLog;
import dev.recount.store.EventStore;
import dev.recount.store.Query;
import dev.recount.store.sqlite.Durability;
import dev.recount.store.sqlite.SqliteOptions;
import dev.recount.store.sqlite.SqliteTown;
import dev.recount.testkit.SettableClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Convoys over the rigs of a town, each a file of its own. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@Timeout(300)
class ConvoyLandingTest {

    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private final SettableClock clock = new SettableClock();
    private SqliteTown town;

    @BeforeEach
    void open() {
        town = SqliteTown.open(folder, SqliteOptions.defaults().withDurability(Durability.NORMAL));
        town.rig("gastown");
        town.rig("harbour");
        town.rig("mill");
    }

    @AfterEach
    void close() {
        town.close();
    }

    private TownReactors start(String owner) {
        return TownReactors.start(TownReactors.rigsOf(town), owner, clock);
    }

    private EventLog<TownEvent> log(String rig) {
        return TownLog.in(town.rig(rig));
    }

    private void perform(String rig, TownCommand... commands) {
        for (TownCommand command : commands) {
            TownLog.commands(log(rig)).handle(command);
        }
    }

    private static TownCommand close(String bead) {
        return new BeadCommand.CloseBead(bead, null, "mayor", CommandCase.NOON);
    }

    private static TownCommand reopen(String bead) {
        return new BeadCommand.ReopenBead(bead, null, "mayor", CommandCase.NOON);
    }

    private static TownCommand delete(String bead) {
        return new BeadCommand.DeleteBead(bead, null, "mayor", CommandCase.NOON);
    }

    private List<ConvoyEvent.ConvoyLanded> landed() {
        return log("gastown").read(Query.ofTypes("convoy_landed")).stream()
                .flatMap(recorded -> Optional.ofNullable((ConvoyEvent.ConvoyLanded) recorded.event()).stream())
                .toList();
    }

    private void setOut() {
        perform("gastown", CommandCase.create("b1"));
        perform("harbour", CommandCase.create("b1"));
        perform("mill", CommandCase.create("b1"));
        perform("gastown", CommandCase.convoy("c1", "b1", "harbour/b1", "mill/b1"));
    }

    @Test
    void lands_once_when_the_last_bead_in_whatever_rig_is_closed() throws Exception {
        setOut();
        try (TownReactors reactors = start("one")) {
            perform("gastown", close("b1"));
            perform("harbour", close("b1"));
            assertThat(reactors.awaitIdle(LONG)).isTrue();
            assertThat(landed()).isEmpty();

            perform("mill", close("b1"));
            assertThat(reactors.awaitIdle(LONG)).isTrue();
            perform("mill", reopen("b1"), close("b1"));
            assertThat(reactors.awaitIdle(LONG)).isTrue();
        }

        assertThat(landed())
                .extracting(ConvoyEvent.ConvoyLanded::beads)
                .containsExactly(List.of("b1", "harbour/b1", "mill/b1"));
        assertThat(landed().get(0).seen()).containsOnlyKeys("harbour", "mill").containsEntry("mill", 2L);
        assertThat(log("gastown").replay(new TownProjector()).run().state().bead("c1"))
                .hasValueSatisfying(convoy -> assertThat(convoy.status()).isEqualTo(Status.CLOSED));
    }

    @Test
    void a_bead_that_is_reopened_before_keeps_it_waiting() throws Exception {
        setOut();
        perform("gastown", close("b1"));
        perform("harbour", close("b1"), reopen("b1"));
        perform("mill", close("b1"));
        try (TownReactors reactors = start("one")) {
            assertThat(reactors.awaitIdle(LONG)).isTrue();
            assertThat(landed()).isEmpty();

            perform("harbour", close("b1"));
            assertThat(reactors.awaitIdle(LONG)).isTrue();
        }

        assertThat(landed()).hasSize(1);
    }

    @Test
    void beads_that_were_never_closed_at_the_same_moment_land_nothing() {
        setOut();
        perform("gastown", close("b1"));
        perform("mill", close("b1"));
        AtomicBoolean first = new AtomicBoolean(true);
        // While the beads are read one after the other, the first is opened again before the last is closed.
        ConvoyLook look = new ConvoyLook(
                rig -> {
                    if (rig.equals("harbour") && first.getAndSet(false)) {
                        perform("gastown", reopen("b1"));
                        perform("harbour", close("b1"));
                    }
                    return Optional.of(log(rig));
                },
                "gastown");

        Optional<SortedMap<String, Long>> closed = look.closedAt(CommandCase.tracked("b1", "harbour/b1", "mill/b1"));

        assertThat(closed).isEmpty();
    }

    @Test
    void a_deleted_bead_is_not_waited_for_and_one_to_come_is() throws Exception {
        perform("gastown", CommandCase.create("b1"));
        perform("mill", CommandCase.create("b1"));
        perform("gastown", CommandCase.convoy("c1", "b1", "mill/b1", "harbour/later", "harbour/gone"));
        perform("harbour", CommandCase.create("gone"));
        try (TownReactors reactors = start("one")) {
            perform("gastown", close("b1"));
            perform("mill", close("b1"));
            perform("harbour", delete("gone"));
            assertThat(reactors.awaitIdle(LONG)).isTrue();
            assertThat(landed()).isEmpty();

            perform("harbour", CommandCase.create("later"), close("later"));
            assertThat(reactors.awaitIdle(LONG)).isTrue();
        }

        assertThat(landed()).hasSize(1);
    }

    @Test
    void one_whose_beads_are_all_deleted_never_lands() throws Exception {
        perform("gastown", CommandCase.create("b1"));
        perform("mill", CommandCase.create("b1"));
        perform("gastown", CommandCase.convoy("c1", "b1", "mill/b1"));
        try (TownReactors reactors = start("one")) {
            perform("gastown", delete("b1"));
            perform("mill", delete("b1"));
            assertThat(reactors.awaitIdle(LONG)).isTrue();
        }

        assertThat(landed()).isEmpty();
    }

    @Test
    void one_that_sets_out_or_is_opened_again_after_its_beads_were_closed_lands() throws Exception {
        perform("mill", CommandCase.create("b1"), close("b1"));
        try (TownReactors reactors = start("one")) {
            perform("gastown", CommandCase.convoy("c1", "mill/b1"));
            assertThat(reactors.awaitIdle(LONG)).isTrue();
            assertThat(landed()).hasSize(1);

            perform("mill", reopen("b1"));
            perform("gastown", CommandCase.convoy("c2", "mill/b1"), close("c2"));
            perform("mill", close("b1"));
            assertThat(reactors.awaitIdle(LONG)).isTrue();
            assertThat(landed()).hasSize(1);

            perform("gastown", reopen("c2"));
            assertThat(reactors.awaitIdle(LONG)).isTrue();
            assertThat(landed()).hasSize(2);
        }
    }

    @Test
    void many_convoys_whose_beads_are_closed_at_once_by_several_threads_land_once_each() throws Exception {
        int convoys = 12;
        for (int i = 0; i < convoys; i++) {
            perform("harbour", CommandCase.create("b" + i));
            perform("mill", CommandCase.create("b" + i));
            perform("gastown", CommandCase.convoy("c" + i, "harbour/b" + i, "mill/b" + i));
        }
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try (TownReactors one = start("one");
                TownReactors two = start("two")) {
            assertThat(one.running()).hasSameSizeAs(two.running());
            List<Future<?>> closing = new ArrayList<>();
            for (String rig : List.of("harbour", "mill")) {
                closing.add(threads.submit(() -> {
                    for (int i = 0; i < convoys; i++) {
                        perform(rig, close("b" + i));
                    }
                }));
            }
            for (Future<?> each : closing) {
                each.get();
            }
            EventStore home = town.rig("gastown");
            while (landed().size() < convoys) {
                long head = home.info().head();
                assertThat(landed().size() == convoys || home.awaitAfter(head, LONG))
                        .isTrue();
            }
        } finally {
            threads.shutdownNow();
        }
        // What is left to do is done by one, which is not told apart from another that runs.
        try (TownReactors last = start("three")) {
            assertThat(last.awaitIdle(LONG)).isTrue();
        }

        assertThat(landed())
                .hasSize(convoys)
                .extracting(ConvoyEvent.ConvoyLanded::bead)
                .doesNotHaveDuplicates();
    }
}
