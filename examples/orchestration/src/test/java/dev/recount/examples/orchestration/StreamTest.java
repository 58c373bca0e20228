package dev.recount.examples.orchestration;

import static dev.recount.examples.orchestration.Desk.AT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.recount.event.Metadata;
import dev.recount.examples.orchestration.OrchestrationRejected.ThreadIdle;
import dev.recount.examples.orchestration.ProviderEvent.TextDelta;
import dev.recount.examples.orchestration.ProviderEvent.ThinkingDelta;
import dev.recount.examples.orchestration.ProviderEvent.ToolCall;
import dev.recount.examples.orchestration.ProviderEvent.TurnComplete;
import dev.recount.examples.orchestration.TurnCommand.InterruptTurn;
import dev.recount.examples.orchestration.TurnCommand.StartTurn;
import dev.recount.examples.orchestration.TurnEvent.TextStreamed;
import dev.recount.store.Query;
import dev.recount.store.ReadOptions;
import dev.recount.store.memory.MemoryEventStore;
import dev.recount.testkit.SettableClock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** Text in pieces, and few rows of it. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class StreamTest {

    private static final String TEXT = "Das Wetter \ud83c\udf26 wird sch\u00f6n, sagt \ud83d\udc68\u200d\ud83d\udcbb.";

    private final Desk desk = Desk.over(MemoryEventStore.create()).ready("/src/app");
    private final SettableClock clock = new SettableClock();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();

    @AfterEach
    void stopTimer() {
        timer.shutdownNow();
    }

    @Test
    void P6_any_chunking_gives_the_same_turn_also_one_inside_a_surrogate_pair() {
        Turn whole = turnOf(List.of(new ThinkingDelta(TEXT), new TextDelta(TEXT), new ThinkingDelta("?")));
        Random random = new Random(3);
        for (int i = 0; i < 200; i++) {
            List<ProviderEvent> pieces = new ArrayList<>();
            cut(TEXT, random).forEach(piece -> pieces.add(new ThinkingDelta(piece)));
            cut(TEXT, random).forEach(piece -> pieces.add(new TextDelta(piece)));
            pieces.add(new ThinkingDelta("?"));

            assertThat(turnOf(pieces)).as("cut %d: %s", i, pieces).isEqualTo(whole);
        }
        assertThat(whole.text()).isEqualTo(TEXT);
        assertThat(whole.thinking()).isEqualTo(TEXT + "?");
        assertThat(whole.entries()).hasSize(3);
    }

    @Test
    void P6_pieces_that_end_inside_a_pair_survive_the_log() {
        desk.handle(new StartTurn("t1", "u1", "Weather?", AT));

        TEXT.chars().forEach(half -> desk.tell("u1", new TextDelta(Character.toString((char) half))));

        assertThat(desk.state().turn("u1").orElseThrow().text()).isEqualTo(TEXT);
    }

    @Test
    void P6_the_first_half_of_a_pair_waits_for_the_second_and_what_else_comes_keeps_its_order() {
        Coalescer coalescer = new Coalescer(new Coalescing(4, Duration.ofSeconds(1)));
        List<ProviderEvent> out = new ArrayList<>();
        for (String piece : List.of("ab", "c\ud83d", "\ude00d", "\ud83d")) {
            out.addAll(coalescer.add(new TextDelta(piece), AT));
        }
        out.addAll(coalescer.add(new ToolCall("call-1", "shell", ""), AT));

        assertThat(out)
                .containsExactly(
                        new TextDelta("abc"),
                        new TextDelta("\ud83d\ude00d"),
                        new TextDelta("\ufffd"),
                        new ToolCall("call-1", "shell", ""));
        assertThat(coalescer.due()).isEmpty();
    }

    @Test
    void P18_a_hundred_thousand_deltas_become_few_rows_and_a_crash_takes_less_than_a_piece() {
        desk.handle(new StartTurn("t1", "u1", "Tell me everything", AT));
        TurnStream stream = stream("u1", clock);
        long stored = 0;
        long seen = desk.head();
        int sent = 0;
        int longestWait = 0;
        for (int i = 0; i < 100_000; i++) {
            String delta = i % 7 == 0 ? "\ud83d\ude00 " : "word ";
            stream.accept(new TextDelta(delta));
            sent += delta.length();
            if (desk.head() > seen) {
                stored += textAfter(seen);
                seen = desk.head();
            }
            longestWait = Math.max(longestWait, (int) (sent - stored));
        }

        // Never closed, as after a crash.
        String kept = desk.state().turn("u1").orElseThrow().text();
        assertThat(desk.head()).isLessThan(3 + 100_000 * 5 / 4_000);
        assertThat(longestWait).isLessThan(Coalescing.defaults().largestPiece());
        assertThat(sent - kept.length()).isLessThan(Coalescing.defaults().largestPiece());
        assertThat(kept).startsWith("\ud83d\ude00 word word word word word word \ud83d\ude00 ");
    }

    @Test
    void P18_what_has_waited_half_a_second_is_stored_however_little_it_is() {
        desk.handle(new StartTurn("t1", "u1", "Go", AT));
        TurnStream stream = stream("u1", clock);
        stream.accept(new TextDelta("a\ud83d"));

        clock.move(Duration.ofMillis(499));
        stream.storeDue();
        assertThat(desk.state().turn("u1").orElseThrow().text()).isEmpty();

        clock.move(Duration.ofMillis(1));
        stream.storeDue();
        assertThat(desk.state().turn("u1").orElseThrow().text()).isEqualTo("a");

        stream.accept(new TextDelta("\ude00"));
        stream.close();
        stream.close();
        assertThat(desk.state().turn("u1").orElseThrow().text()).isEqualTo("a\ud83d\ude00");
        assertThatThrownBy(() -> stream.accept(new TextDelta("b"))).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void P18_the_timer_stores_it_though_nothing_more_comes() throws InterruptedException {
        desk.handle(new StartTurn("t1", "u1", "Go", AT));
        long before = desk.head();

        stream("u1", InstantSource.system()).accept(new TextDelta("All there is"));

        assertThat(desk.log().store().awaitAfter(before, Duration.ofSeconds(60)))
                .isTrue();
        assertThat(desk.state().turn("u1").orElseThrow().text()).isEqualTo("All there is");
    }

    @Test
    void text_and_the_end_that_follows_it_are_one_append_and_after_an_interruption_nothing_is_taken() {
        desk.handle(new StartTurn("t1", "u1", "Go", AT));
        TurnStream stream = stream("u1", clock);
        stream.accept(new TextDelta("Done."));
        stream.accept(new TurnComplete("end of turn"));
        assertThat(desk.state().turn("u1").orElseThrow().status()).isEqualTo(TurnStatus.COMPLETED);

        desk.handle(new StartTurn("t1", "u2", "Go", AT));
        TurnStream other = stream("u2", clock);
        other.accept(new TextDelta("Half"));
        desk.handle(new InterruptTurn("t1", "u2", AT));
        for (int i = 0; i < 2; i++) {
            assertThatExceptionOfType(ThreadIdle.class)
                    .isThrownBy(() -> other.accept(new ToolCall("call-1", "shell", "")));
        }
        other.close();
        assertThat(desk.state().turn("u2").orElseThrow().text()).isEmpty();
    }

    private TurnStream stream(String turn, InstantSource time) {
        return TurnStream.of(
                OrchestrationLog.batches(desk.log()),
                new TurnStream.Destination("t1", turn, Metadata.empty()),
                Coalescing.defaults(),
                timer,
                time);
    }

    private int textAfter(long sequence) {
        return desk
                .log()
                .store()
                .read(Query.ofTypes("text_streamed"), ReadOptions.defaults().after(sequence))
                .events()
                .stream()
                .flatMap(stored -> desk.log().codec().decode(stored).stream())
                .mapToInt(event -> ((TextStreamed) event).text().length())
                .sum();
    }

    private static Turn turnOf(List<ProviderEvent> told) {
        OrchestrationDecider decider = new OrchestrationDecider();
        Orchestration all =
                decider.projectAll(decider.initialState(), List.of(Facts.PROJECT, Facts.THREAD, Facts.TURN));
        for (ProviderEvent event : told) {
            all = decider.projectAll(all, decider.decide(Facts.told(event), all));
        }
        return all.turn("u1").orElseThrow();
    }

    private static Stream<String> cut(String text, Random random) {
        List<String> pieces = new ArrayList<>();
        for (int from = 0; from < text.length(); ) {
            int to = Math.min(text.length(), from + random.nextInt(5));
            pieces.add(text.substring(from, to));
            from = to;
        }
        return pieces.stream();
    }
}
