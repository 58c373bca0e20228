package dev.recount.feed.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.recount.EventLog;
import dev.recount.codec.EventCodec;
import dev.recount.codec.UndecodableEvent;
import dev.recount.codec.jackson.JacksonCodec;
import dev.recount.decider.Projector;
import dev.recount.event.NewEvent;
import dev.recount.feed.EventJson;
import dev.recount.replay.Replayed;
import dev.recount.store.EventStore;
import dev.recount.store.memory.MemoryEventStore;
import dev.recount.store.sqlite.SqliteEventStore;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A18: the stream alone is enough to rebuild what the server's replay gives. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class RemoteModelTest {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final EventCodec<SeatEvent> CODEC = JacksonCodec.of(SeatEvent.class);

    @TempDir
    Path folder;

    private Gate gate;

    @BeforeEach
    void open() throws Exception {
        gate = Gate.shut();
    }

    @AfterEach
    void close() throws Exception {
        gate.close();
    }

    private FeedClient feed() {
        return FeedClient.of(gate.uri(FedRig.PATH)).withLongestPause(Duration.ofMillis(5));
    }

    private static void append(EventStore store, int count) {
        for (int i = 0; i < count; i++) {
            FedRig.append(store, SeatEvent.after(store.info().head()));
        }
    }

    private static Replayed<Map<String, String>> replayed(EventStore store) {
        return EventLog.of(store, CODEC).replay(SeatEvent.plan()).run();
    }

    @Test
    void it_equals_the_replay_and_stays_current_though_connections_break() throws Exception {
        EventStore store = MemoryEventStore.create();
        append(store, 500);
        try (FedRig rig = FedRig.of(store);
                RemoteModel<Map<String, String>> model = feed().model(CODEC, SeatEvent.plan())) {
            gate.leadTo(rig.port());
            for (int i = 0; i < 5; i++) {
                append(store, 7);
                gate.breakAll();

                assertThat(model.whenApplied("gastown", store.info().head(), LIMIT))
                        .isTrue();
                assertThat(model.state()).isEqualTo(replayed(store).state()).isNotEmpty();
            }
            assertThat(model.current().events()).isEqualTo(535);
            assertThat(model.current().cursor()).startsWith("535-");
        }
    }

    @Test
    void an_event_that_cannot_be_decoded_is_counted_reported_and_left_out() throws Exception {
        EventStore store = MemoryEventStore.create();
        append(store, 2);
        FedRig.append(store, NewEvent.of("seat.taken", "{\"seat\":[]}"), NewEvent.of("not.known", "{}"));
        append(store, 2);

        try (FedRig rig = FedRig.of(store);
                RemoteModel<Map<String, String>> model = feed().model(CODEC, SeatEvent.plan())) {
            gate.leadTo(rig.port());
            assertThat(model.whenApplied("gastown", 6, LIMIT)).isTrue();

            Replayed<Map<String, String>> replayed = replayed(store);
            RemoteState<Map<String, String>> current = model.current();
            assertThat(current.state()).isEqualTo(replayed.state());
            assertThat(current.events()).isEqualTo(replayed.events()).isEqualTo(4);
            assertThat(current.skipped()).isEqualTo(replayed.skipped()).isEqualTo(2);
            assertThat(current.problems())
                    .extracting(UndecodableEvent::getMessage)
                    .isEqualTo(replayed.problems().stream()
                            .map(UndecodableEvent::getMessage)
                            .toList());
        }
    }

    @Test
    void a_log_that_was_replaced_is_rebuilt_from_its_start() throws Exception {
        EventStore before = MemoryEventStore.create();
        EventStore after = MemoryEventStore.create();
        append(before, 20);
        FedRig.append(after, NewEvent.of("seat.taken", "{\"seat\":\"other\",\"guest\":\"Ada\"}"));
        append(after, 11);

        try (FedRig one = FedRig.of(before);
                FedRig other = FedRig.of(after);
                RemoteModel<Map<String, String>> model = feed().model(CODEC, SeatEvent.plan())) {
            gate.leadTo(one.port());
            assertThat(model.whenApplied("gastown", 20, LIMIT)).isTrue();
            gate.leadTo(other.port());
            gate.breakAll();

            while (!model.current().state().containsKey("other")
                    || model.current().events() < 12) {
                assertThat(model.isRunning()).isTrue();
                Thread.onSpinWait();
            }
            assertThat(model.state()).isEqualTo(replayed(after).state());
            assertThat(model.current().events()).isEqualTo(12);
        }
    }

    @Test
    void a_server_that_is_killed_and_started_again_is_followed_on() throws Exception {
        Path file = folder.resolve("gastown.db");
        try (RemoteModel<Map<String, String>> model = feed().model(CODEC, SeatEvent.plan())) {
            for (int round = 1; round <= 3; round++) {
                Process server = serve(file);
                try (BufferedReader out = server.inputReader()) {
                    gate.leadTo(Integer.parseInt(out.readLine()));
                    server.getOutputStream().write(new byte[10]);
                    server.getOutputStream().flush();
                    assertThat(model.whenApplied("gastown", round * 10L, LIMIT)).isTrue();
                } finally {
                    server.destroyForcibly().waitFor();
                }
            }
            try (EventStore store = SqliteEventStore.open(file)) {
                assertThat(model.state()).isEqualTo(replayed(store).state());
                assertThat(model.current().events()).isEqualTo(30);
            }
        }
    }

    private static Process serve(Path file) throws IOException {
        return new ProcessBuilder(List.of(
                        System.getProperty("java.home") + File.separator + "bin" + File.separator + "java",
                        "-Xshare:auto",
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx64m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        FeedServingMain.class.getName(),
                        file.toString()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    @Test
    void what_is_not_there_is_waited_for_in_vain_and_a_model_that_stopped_says_so() throws Exception {
        EventStore store = MemoryEventStore.create();
        append(store, 1);
        Projector<Integer, SeatEvent> failing = Projector.<Integer, SeatEvent>startingWith(0)
                .on(SeatEvent.SeatFreed.class, (state, event) -> {
                    throw new IllegalStateException("cannot be freed");
                });
        try (FedRig rig = FedRig.of(store)) {
            gate.leadTo(rig.port());
            RemoteModel<Integer> model = feed().model(CODEC, failing);
            assertThat(model.whenApplied("gastown", 1, LIMIT)).isTrue();
            assertThat(model.whenApplied("gastown", 2, Duration.ofMillis(1))).isFalse();
            assertThat(model.whenApplied("other", 1, Duration.ofMillis(1))).isFalse();

            FedRig.append(store, NewEvent.of("seat.freed", "{\"seat\":\"0\"}"));

            assertThatThrownBy(() -> model.whenApplied("gastown", 2, LIMIT))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("The remote model ended before sequence 2 of rig gastown:"
                            + " java.lang.IllegalStateException: cannot be freed");
            assertThat(model.failure().orElseThrow()).hasMessage("cannot be freed");
            assertThat(model.state()).isZero();
            model.close();
            assertThat(model.isRunning()).isFalse();
        }
    }

    @Test
    void an_event_that_its_server_could_not_write_is_counted_and_reported_and_the_model_goes_on() throws Exception {
        EventStore store = MemoryEventStore.create();
        append(store, 3);
        EventJson form = EventJson.standard().withText("sentence", event -> {
            if (event.sequence() == 2) {
                throw new IllegalStateException("there is no sentence");
            }
            return "it happened";
        });
        try (FedRig rig = FedRig.of(store, FedRig.options().withEventJson(form));
                RemoteModel<Map<String, String>> model = feed().model(CODEC, SeatEvent.plan())) {
            gate.leadTo(rig.port());

            assertThat(model.whenApplied("gastown", 3, LIMIT)).isTrue();

            assertThat(model.current().events()).isEqualTo(2);
            assertThat(model.current().skipped()).isEqualTo(1);
            UndecodableEvent problem = model.current().problems().get(0);
            assertThat(problem.sequence()).isEqualTo(2);
            assertThat(problem).hasMessageContaining("the feed sent it without its content");
            assertThat(model.isRunning()).isTrue();
        }
    }
}
