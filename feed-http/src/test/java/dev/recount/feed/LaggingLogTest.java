package dev.recount.feed;

import static dev.recount.feed.Events.appendNumbered;
import static dev.recount.feed.Events.sequences;
import static org.assertj.core.api.Assertions.assertThat;

import dev.recount.store.EventStore;
import dev.recount.store.LogInfo;
import dev.recount.store.Page;
import dev.recount.store.Query;
import dev.recount.store.ReadOptions;
import dev.recount.store.StoreUnavailable;
import dev.recount.store.sqlite.SqliteEventStore;
import dev.recount.store.sqlite.SqliteTown;
import dev.recount.subscription.Checkpoint;
import dev.recount.town.TownCursor;
import dev.recount.town.TownPage;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A log that follows another one, as a replica does: a client may have read further elsewhere. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class LaggingLogTest {

    private static final Pattern NEXT = Pattern.compile("\"next\":\"([^\"]+)\"");

    @TempDir
    Path folder;

    @Test
    void a_client_that_is_ahead_is_asked_to_try_again_and_then_goes_on() throws Exception {
        try (EventStore log = SqliteEventStore.open(folder.resolve("gastown.db"))) {
            appendNumbered(log, 5);
            Lagging replica = new Lagging(log, 3, false);
            String cursor = "5-" + log.chainAt(5).orElseThrow().substring(0, 6);
            try (Served served = Served.of(Feed.of("gastown", replica))) {
                for (String form : List.of("application/json", "text/event-stream")) {
                    HttpResponse<String> refused = served.get("?after=" + cursor, "Accept", form);
                    assertThat(refused.statusCode()).isEqualTo(503);
                    assertThat(refused.body()).contains("STORE_UNAVAILABLE");
                }
                appendNumbered(log, 2);
                replica.shown = 7;

                try (EventSource stream = served.stream("?after=" + cursor)) {
                    assertThat(stream.sequences(2)).isEqualTo(sequences(6, 7));
                }
                assertThat(served.get("?after=" + cursor).body()).contains("\"sequence\":6");
            }
        }
    }

    @Test
    void what_arrives_in_a_moment_is_waited_for() throws Exception {
        try (EventStore log = SqliteEventStore.open(folder.resolve("gastown.db"))) {
            appendNumbered(log, 5);
            String cursor = "5-" + log.chainAt(5).orElseThrow().substring(0, 6);
            try (Served served = Served.of(Feed.of("gastown", new Lagging(log, 3, true)))) {
                HttpResponse<String> page = served.get("?after=" + cursor);

                assertThat(page.statusCode()).isEqualTo(200);
                assertThat(page.body()).contains("\"next\":\"" + cursor + "\"", "\"head\":\"" + cursor + "\"");
            }
        }
    }

    @Test
    void a_page_before_what_is_on_its_way_waits_for_it_as_one_after_it_does() throws Exception {
        try (EventStore log = SqliteEventStore.open(folder.resolve("gastown.db"))) {
            appendNumbered(log, 5);
            String query =
                    "?newest=true&before=5-" + log.chainAt(5).orElseThrow().substring(0, 6);
            try (Served late = Served.of(Feed.of("gastown", new Lagging(log, 3, false)));
                    Served served = Served.of(Feed.of("gastown", new Lagging(log, 3, true)))) {
                assertThat(late.get(query).statusCode()).isEqualTo(503);

                HttpResponse<String> page = served.get(query);

                assertThat(page.statusCode()).isEqualTo(200);
                assertThat(page.body())
                        .contains("\"sequence\":4", "\"sequence\":1")
                        .doesNotContain("\"sequence\":5");
            }
        }
    }

    @Test
    void a_cursor_of_another_history_is_refused_once_that_can_be_told() throws Exception {
        try (EventStore log = SqliteEventStore.open(folder.resolve("gastown.db"))) {
            appendNumbered(log, 5);
            try (Served served = Served.of(Feed.of("gastown", new Lagging(log, 3, true)))) {
                HttpResponse<String> page = served.get("?after=5-abcdef");

                assertThat(page.statusCode()).isEqualTo(410);
                assertThat(page.body()).contains("OTHER_LOG");
            }
        }
    }

    @Test
    void a_client_of_a_town_that_is_ahead_is_asked_to_try_again_and_then_goes_on() throws Exception {
        try (SqliteTown town = SqliteTown.open(folder)) {
            appendNumbered(town.rig("gastown"), 5);
            appendNumbered(town.rig("beads"), 2);
            LaggingTown replica = new LaggingTown(town, new Lagging(town.rig("gastown"), 3, false));
            try (Served served = Served.of(Feed.of(town));
                    Served ofReplica = Served.of(Feed.of(replica))) {
                String cursor = next(served.get("?after=0"));

                assertThat(ofReplica.get("?after=" + cursor).statusCode()).isEqualTo(503);
                replica.gastown.shown = 7;
                appendNumbered(town.rig("gastown"), 2);

                HttpResponse<String> page = ofReplica.get("?after=" + cursor);
                assertThat(page.statusCode()).isEqualTo(200);
                assertThat(page.body())
                        .contains("\"sequence\":6", "\"sequence\":7")
                        .doesNotContain("\"sequence\":5");
            }
        }
    }

    private static String next(HttpResponse<String> page) {
        Matcher found = NEXT.matcher(page.body());
        assertThat(found.find()).as(page.body()).isTrue();
        return found.group(1);
    }

    /** Shows a log up to a sequence, and says so where it is asked for more. */
    private static final class Lagging extends PassingStore {

        private final boolean arrives;
        private volatile long shown;

        Lagging(EventStore log, long shown, boolean arrives) {
            super(log);
            this.shown = shown;
            this.arrives = arrives;
        }

        @Override
        public Page read(Query query, ReadOptions options) {
            return store.read(query, options.until(Math.min(options.until(), shown)));
        }

        @Override
        public LogInfo info() {
            LogInfo info = store.info();
            return new LogInfo(info.logId(), Math.min(info.head(), shown), info.floor());
        }

        @Override
        public Optional<String> chainAt(long sequence) {
            if (sequence > shown) {
                throw new StoreUnavailable("It has come to " + shown + ", and not yet to " + sequence, null);
            }
            return store.chainAt(sequence);
        }

        @Override
        public boolean awaitAfter(long sequence, Duration timeout) throws InterruptedException {
            if (arrives) {
                shown = Math.max(shown, sequence + 1);
            }
            return shown > sequence && store.awaitAfter(sequence, timeout);
        }
    }

    /** A town in which one rig lags. */
    private static final class LaggingTown extends PassingTown {

        private final Lagging gastown;

        LaggingTown(SqliteTown town, Lagging gastown) {
            super(town);
            this.gastown = gastown;
        }

        @Override
        public Optional<EventStore> existingRig(String name) {
            return name.equals("gastown") ? Optional.of(gastown) : super.existingRig(name);
        }

        @Override
        public TownPage newest(Query query, int limit) {
            TownPage page = super.newest(query, limit);
            LogInfo shown = gastown.info();
            Map<String, Checkpoint> rigs = new java.util.HashMap<>(page.next().rigs());
            rigs.put("gastown", new Checkpoint(shown.logId(), shown.head()));
            return new TownPage(page.events(), new TownCursor(rigs), page.complete(), page.broken());
        }
    }
}
