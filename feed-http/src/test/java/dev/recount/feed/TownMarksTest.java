package dev.recount.feed;

import static dev.recount.feed.Events.appendNumbered;
import static org.assertj.core.api.Assertions.assertThat;

import dev.recount.store.sqlite.SqliteTown;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The marks that a stream of a town needs for its cursors are asked for as few times as pages are read. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class TownMarksTest {

    private static final FeedOptions PATIENT = FeedOptions.defaults().withHeartbeat(Duration.ofMinutes(10));

    @TempDir
    Path folder;

    private SqliteTown town;

    @BeforeEach
    void open() {
        town = SqliteTown.open(folder);
        for (String rig : List.of("a", "b", "c")) {
            appendNumbered(town.rig(rig), 10);
        }
    }

    @AfterEach
    void close() {
        town.close();
    }

    @Test
    void the_marks_of_all_events_of_a_page_are_one_question() throws Exception {
        AtomicInteger questions = new AtomicInteger();
        PassingTown counting = new PassingTown(town) {
            @Override
            public Map<String, Map<Long, String>> chainsAt(Map<String, ? extends Collection<Long>> sequences) {
                questions.incrementAndGet();
                return super.chainsAt(sequences);
            }
        };
        try (Served served = Served.of(Feed.of(counting, PATIENT));
                EventSource stream = served.stream("?after=0")) {
            for (int i = 0; i < 30; i++) {
                assertThat(stream.nextEvent().id()).isNotEmpty();
            }

            assertThat(questions).hasValue(1);
        }
    }

    @Test
    void a_rig_whose_marks_cannot_be_had_is_broken_and_its_events_come_once_they_can() throws Exception {
        AtomicBoolean away = new AtomicBoolean(true);
        PassingTown half = new PassingTown(town) {
            @Override
            public Map<String, Map<Long, String>> chainsAt(Map<String, ? extends Collection<Long>> sequences) {
                Map<String, Map<Long, String>> chains = new HashMap<>(super.chainsAt(sequences));
                if (away.get()) {
                    chains.remove("b");
                }
                return chains;
            }
        };
        try (Served served = Served.of(Feed.of(half, PATIENT));
                EventSource stream = served.stream("?after=0")) {
            assertThat(stream.nextEvent().data()).contains("\"control\":\"broken\"", "\"rig\":\"b\"");
            for (int i = 0; i < 20; i++) {
                assertThat(stream.nextEvent().data()).containsPattern("\"rig\":\"[ac]\"");
            }

            away.set(false);

            assertThat(stream.nextEvent().data()).isEqualTo("{\"control\":\"broken\",\"broken\":[]}");
            for (int i = 1; i <= 10; i++) {
                assertThat(stream.nextEvent().data()).startsWith("{\"sequence\":" + i + ",\"rig\":\"b\"");
            }
        }
    }
}
