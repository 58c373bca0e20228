package dev.recount.feed;

import static dev.recount.feed.Events.append;
import static dev.recount.feed.Events.event;
import static org.assertj.core.api.Assertions.assertThat;

import dev.recount.feed.EventSource.Frame;
import dev.recount.store.EventStore;
import dev.recount.store.sqlite.SqliteTown;
import dev.recount.town.Town;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A log that lacks the newest events takes over, as a replica does: who stays connected is told, whatever it is shown. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class TakenOverTest {

    private static final FeedOptions PATIENT = FeedOptions.defaults().withHeartbeat(Duration.ofMinutes(10));
    private static final FeedOptions QUICK = FeedOptions.defaults().withHeartbeat(Duration.ofMillis(100));

    @TempDir
    Path folder;

    private SqliteTown before;
    private SqliteTown after;

    /** Both have the same three events of gastown and two of beads; one has two more of gastown, which will be lost. */
    @BeforeEach
    void open_both() throws IOException {
        Path primary = Files.createDirectory(folder.resolve("primary"));
        Path replica = Files.createDirectory(folder.resolve("replica"));
        try (SqliteTown town = SqliteTown.open(primary)) {
            shown(town, "gastown", 1);
            hidden(town, "gastown", 2);
            shown(town, "beads", 2);
        }
        for (String rig : List.of("gastown", "beads")) {
            Files.copy(primary.resolve(rig + ".db"), replica.resolve(rig + ".db"));
        }
        before = SqliteTown.open(primary);
        after = SqliteTown.open(replica);
        hidden(before, "gastown", 2);
    }

    @AfterEach
    void close_both() {
        before.close();
        after.close();
    }

    private static void shown(SqliteTown town, String rig, int count) {
        for (int i = 0; i < count; i++) {
            append(town.rig(rig), event("shown"));
        }
    }

    private static void hidden(SqliteTown town, String rig, int count) {
        for (int i = 0; i < count; i++) {
            append(town.rig(rig), event("hidden"));
        }
    }

    /** What leads to another from one moment on. */
    private static <T> T leadingTo(Class<T> type, AtomicReference<T> target) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    try {
                        return method.invoke(target.get(), arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }

    private static List<Frame> framesUpTo(EventSource stream, String part) throws IOException {
        List<Frame> frames = new ArrayList<>();
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (frames.stream().noneMatch(frame -> ("id " + frame.id() + " " + frame.data()).contains(part))) {
            Frame frame = stream.next();
            assertThat(frame).as(stream.received()).isNotNull();
            // Heartbeats come without end.
            assertThat(System.nanoTime() - deadline)
                    .as("%s in %s", part, stream.received())
                    .isNegative();
            frames.add(frame);
        }
        return frames;
    }

    @Test
    void a_stream_that_shows_little_is_told_that_what_it_passed_over_is_another_by_now() throws Exception {
        AtomicReference<EventStore> target = new AtomicReference<>(before.rig("gastown"));
        try (Served served = Served.of(Feed.of("gastown", leadingTo(EventStore.class, target), PATIENT));
                EventSource stream = served.stream("?after=0&type=shown")) {
            framesUpTo(stream, "id 5-");
            append(before.rig("gastown"), event("shown"), event("hidden"));
            framesUpTo(stream, "\"sequence\":6");
            hidden(after, "gastown", 4);
            shown(after, "gastown", 1);

            target.set(after.rig("gastown"));

            assertThat(framesUpTo(stream, "reset"))
                    .last()
                    .satisfies(reset -> assertThat(reset.data())
                            .contains("\"control\":\"reset\",\"reason\":\"OTHER_LOG\"", "\"head\":\"8-"));
            shown(after, "gastown", 1);
            assertThat(framesUpTo(stream, "\"sequence\":9"))
                    .last()
                    .satisfies(frame -> assertThat(frame.id()).startsWith("9-"));
        }
    }

    @Test
    void a_stream_is_told_also_where_the_other_log_is_shorter_and_nothing_comes() throws Exception {
        AtomicReference<EventStore> target = new AtomicReference<>(before.rig("gastown"));
        try (Served served = Served.of(Feed.of("gastown", leadingTo(EventStore.class, target), PATIENT));
                EventSource stream = served.stream("?after=0&type=shown")) {
            framesUpTo(stream, "id 5-");

            target.set(after.rig("gastown"));

            assertThat(framesUpTo(stream, "reset"))
                    .last()
                    .satisfies(reset ->
                            assertThat(reset.data()).contains("\"reason\":\"AHEAD_OF_HEAD\"", "\"head\":\"3-"));
            shown(after, "gastown", 1);
            framesUpTo(stream, "\"sequence\":4");
        }
    }

    @Test
    void a_stream_of_a_town_is_told_of_the_rig_and_goes_on_in_the_others() throws Exception {
        AtomicReference<Town> target = new AtomicReference<>(before);
        try (Served served = Served.of(Feed.of(leadingTo(Town.class, target), PATIENT));
                EventSource stream = served.stream("?after=0")) {
            framesUpTo(stream, "\"sequence\":5,\"rig\":\"gastown\"");
            shown(after, "gastown", 3);

            target.set(after);

            assertThat(framesUpTo(stream, "reset"))
                    .last()
                    .satisfies(
                            reset -> assertThat(reset.data()).contains("\"reason\":\"OTHER_LOG\",\"rig\":\"gastown\""));
            // One after the other, since between rigs there is no order.
            shown(after, "beads", 1);
            assertThat(framesUpTo(stream, "\"sequence\":3,\"rig\":\"beads\""))
                    .filteredOn(Frame::isEvent)
                    .hasSize(1);
            shown(after, "gastown", 1);
            assertThat(framesUpTo(stream, "\"sequence\":7,\"rig\":\"gastown\""))
                    .filteredOn(Frame::isEvent)
                    .hasSize(1);
        }
    }

    @Test
    void a_stream_of_a_town_that_shows_little_is_told_as_well() throws Exception {
        AtomicReference<Town> target = new AtomicReference<>(before);
        try (Served served = Served.of(Feed.of(leadingTo(Town.class, target), QUICK));
                EventSource stream = served.stream("?type=shown")) {
            assertThat(stream.next().id()).isEmpty();
            assertThat(stream.next().id()).isNotEmpty();
            hidden(after, "gastown", 4);

            target.set(after);

            assertThat(framesUpTo(stream, "reset"))
                    .last()
                    .satisfies(
                            reset -> assertThat(reset.data()).contains("\"reason\":\"OTHER_LOG\",\"rig\":\"gastown\""));
        }
    }

    @Test
    void a_town_whose_rig_is_shorter_by_now_is_told_so() throws Exception {
        AtomicReference<Town> target = new AtomicReference<>(before);
        try (Served served = Served.of(Feed.of(leadingTo(Town.class, target), PATIENT));
                EventSource stream = served.stream("?after=0&type=shown")) {
            framesUpTo(stream, "\"sequence\":2,\"rig\":\"beads\"");

            target.set(after);

            assertThat(framesUpTo(stream, "reset"))
                    .last()
                    .satisfies(reset ->
                            assertThat(reset.data()).contains("\"reason\":\"AHEAD_OF_HEAD\",\"rig\":\"gastown\""));
        }
    }
}
