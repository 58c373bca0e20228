package dev.recount.feed;

import static dev.recount.feed.Events.appendNumbered;
import static org.assertj.core.api.Assertions.assertThat;

import dev.recount.store.EventStore;
import dev.recount.store.sqlite.SqliteEventStore;
import dev.recount.store.sqlite.SqliteTown;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A town of a thousand files, one of which is damaged. How long its first screen takes is reported, and asserted nowhere. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ThousandRigsTest {

    private static final Logger LOG = LoggerFactory.getLogger(ThousandRigsTest.class);
    private static final int RIGS = 1_000;
    private static final int SCREENS = 5;
    private static final Pattern EVENT = Pattern.compile("\\{\"sequence\":(\\d+),\"rig\":\"([^\"]+)\"");
    private static final Pattern NEXT = Pattern.compile("],\"next\":\"([\\w-]+)\",\"broken\"");

    @TempDir
    Path folder;

    // Files of the same log make a town as good as any, and a copy is cheap. They were written long ago, like most of a
    // town.
    @BeforeEach
    void rigs() throws IOException {
        Path first = folder.resolve("rig-0.db");
        try (EventStore store = SqliteEventStore.open(first)) {
            appendNumbered(store, 2);
        }
        Files.setLastModifiedTime(first, FileTime.from(Instant.parse("2026-03-03T10:00:00Z")));
        for (int i = 1; i < RIGS; i++) {
            Files.copy(first, folder.resolve("rig-" + i + ".db"), StandardCopyOption.COPY_ATTRIBUTES);
        }
        Files.writeString(folder.resolve("rig-7.db"), "not a database at all, but long enough".repeat(30));
    }

    private static List<String> events(String body) {
        return EVENT.matcher(body)
                .results()
                .map(found -> found.group(2) + " " + found.group(1))
                .toList();
    }

    private static String next(String body) {
        Matcher next = NEXT.matcher(body);
        assertThat(next.find()).as(body).isTrue();
        return next.group(1);
    }

    @Test
    void a_thousand_rigs_are_one_feed_with_a_cursor_for_a_header() throws Exception {
        try (SqliteTown town = SqliteTown.open(folder);
                Served served = Served.of(Feed.of(town))) {
            String screen = screens(served);
            String cursor = next(screen);
            assertThat(events(screen)).hasSize(100).doesNotHaveDuplicates();
            assertThat(screen).contains("\"broken\":[{\"rig\":\"rig-7\",\"code\":\"LOG_CORRUPT\"");
            assertThat(cursor.length()).isLessThan(4_096);

            appendNumbered(town.rig("rig-500"), 1);
            appendNumbered(town.rig("rig-999"), 1);
            appendNumbered(town.rig("rig-new"), 1);

            assertThat(events(served.get("", "Last-Event-ID", cursor).body()))
                    .containsExactly("rig-500 3", "rig-999 3", "rig-new 1");
            try (EventSource stream = served.stream("", "Last-Event-ID", cursor)) {
                assertThat(stream.nextEvent().event()).isEqualTo("broken");
                assertThat(stream.sequences(3)).containsExactly(3L, 3L, 1L);
                assertThat(stream.lastId().length()).isLessThan(4_096);
            }
            assertThat(all(served)).hasSize(2 * (RIGS - 1) + 3);
        }
    }

    private static String screens(Served served) throws Exception {
        String screen = "";
        long best = Long.MAX_VALUE;
        for (int i = 0; i < SCREENS; i++) {
            long start = System.nanoTime();
            screen = served.get("?newest=true&limit=100").body();
            best = Math.min(best, System.nanoTime() - start);
        }
        LOG.info("First screen of 1,000 rigs, best of {}: {} ms", SCREENS, TimeUnit.NANOSECONDS.toMillis(best));
        return screen;
    }

    private static Set<String> all(Served served) throws Exception {
        Set<String> all = new HashSet<>();
        String after = "0";
        boolean more = true;
        while (more) {
            String body = served.get("?limit=1000", "Last-Event-ID", after).body();
            for (String found : events(body)) {
                assertThat(all.add(found)).as(found).isTrue();
            }
            after = next(body);
            more = body.endsWith("\"more\":true}");
        }
        return all;
    }
}
