package dev.recount.examples.changefeed;

import static dev.recount.examples.changefeed.Running.AT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.recount.event.NewEvent;
import dev.recount.store.Append;
import dev.recount.store.Retained;
import dev.recount.store.Retention;
import dev.recount.store.sqlite.SqliteEventStore;
import dev.recount.store.sqlite.SqliteOptions;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the daemon keeps, and what it may not remove. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class RetentionTest {

    @TempDir
    Path folder;

    private Instant now = AT;
    private SqliteEventStore store;
    private Running running;
    private Housekeeping housekeeping;

    @BeforeEach
    void run() throws Exception {
        store = SqliteEventStore.open(
                folder.resolve("work.db"), SqliteOptions.defaults().withClock(() -> now));
        running = Running.over(store);
        housekeeping = new Housekeeping(store, Clock.systemUTC());
        running.register("apollo");
    }

    @AfterEach
    void stop() {
        running.close();
        store.close();
    }

    /** Events that nothing rests on. */
    private void appendNoise(int count) {
        store.append(Append.of(IntStream.range(0, count)
                .mapToObj(i -> NewEvent.of("noise", "{\"number\":" + i + "}"))
                .toList()));
    }

    private long floor() {
        return store.info().floor();
    }

    @Test
    void A16_keeps_the_newest_in_small_batches_between_which_others_write() throws Exception {
        appendNoise(3_499);
        List<Long> floors = new ArrayList<>();

        Retained retained = housekeeping.run(Retention.newest(1_000).reportingTo(floor -> {
            floors.add(floor);
            running.begin("apollo", "at-" + floor, "Written meanwhile");
        }));

        assertThat(retained).isEqualTo(new Retained(0, 2_500, 2_500));
        assertThat(floors).containsExactly(1_000L, 2_000L, 2_500L);
        assertThat(floor()).isEqualTo(2_500);
        try (EventSource stream = running.stream("?after=0")) {
            assertThat(stream.sequences(1_004)).startsWith(2_501L).endsWith(3_504L);
        }
    }

    @Test
    void A16_keeps_what_is_younger_than_an_age() {
        appendNoise(9);
        now = AT.plus(Duration.ofDays(30));
        appendNoise(5);

        housekeeping.run(Retention.from(now.minus(Duration.ofDays(7))));

        assertThat(floor()).isEqualTo(10);
    }

    @Test
    void A16_never_passes_the_slowest_consumer_that_has_registered() throws Exception {
        appendNoise(99);
        assertThat(advance("notifier", "40").body()).isEqualTo("{\"name\":\"notifier\",\"after\":40}");
        assertThat(advance("search", "70").statusCode()).isEqualTo(200);

        housekeeping.run(Retention.newest(10));
        assertThat(floor()).isEqualTo(40);
        try (EventSource notifier = running.stream("?after=40")) {
            assertThat(notifier.sequences(1)).containsExactly(41L);
        }

        advance("notifier", "95");
        housekeeping.run(Retention.newest(10));
        assertThat(floor()).isEqualTo(70);

        advance("search", "100");
        housekeeping.run(Retention.newest(1));
        assertThat(floor()).isEqualTo(95);
    }

    @Test
    void A16_a_consumer_that_comes_too_late_is_told() throws Exception {
        appendNoise(99);
        housekeeping.run(Retention.newest(10));

        HttpResponse<String> answer = advance("late", "5");

        assertThat(answer.statusCode()).isEqualTo(410);
        assertThat(answer.body()).startsWith("{\"code\":\"EVENTS_REMOVED\"");
    }

    @Test
    void A16_what_lives_is_told_again_so_that_decisions_and_new_clients_still_have_it() throws Exception {
        running.begin("apollo", "s1", "Work");
        running.begin("apollo", "over", "Work");
        running.handle(new WorkCommand.UpdateSession("apollo", "over", "Done", SessionStatus.ENDED, AT));
        running.handle(new WorkCommand.CreatePr("apollo", "pr1", "s1", "Title", "c0ffee", AT));
        running.handle(
                new WorkCommand.RecordCheck("apollo", "pr1", new Check("build", "c0ffee", Check.Result.PASSED), AT));
        running.handle(new WorkCommand.AddReviewThread("apollo", "pr1", "t1", "A.java", 7, "ann", "Why?", AT));
        running.handle(new WorkCommand.ResolveReviewThread("apollo", "pr1", "t1", AT));
        WorkState before = replayed();
        appendNoise(20);

        housekeeping.run(Retention.newest(10));

        assertThat(floor()).isEqualTo(18);
        WorkState after = replayed();
        assertThat(after.projects()).isEqualTo(before.projects());
        assertThat(after.prs("apollo")).isEqualTo(before.prs("apollo"));
        assertThat(after.sessions("apollo"))
                .containsExactly(new Session("apollo", "s1", "Work", SessionStatus.WORKING));
        running.handle(new WorkCommand.UpdatePr("apollo", "pr1", "Title", "c0ffee", PrStatus.MERGED, AT));
        assertThat(running.get("?project=apollo").statusCode()).isEqualTo(200);
    }

    private WorkState replayed() {
        return WorkLog.in(store).replay(new WorkProjector()).run().state();
    }

    @Test
    void A16_where_nothing_is_to_be_removed_nothing_is_told_again() {
        appendNoise(5);
        long head = store.info().head();

        assertThat(housekeeping.run(Retention.newest(100))).isEqualTo(new Retained(0, 0, 0));
        assertThat(store.info().head()).isEqualTo(head);
    }

    private HttpResponse<String> advance(String name, String after) throws Exception {
        return running.send("PUT", Consumers.PATH + name + "?after=" + after, "");
    }
}
