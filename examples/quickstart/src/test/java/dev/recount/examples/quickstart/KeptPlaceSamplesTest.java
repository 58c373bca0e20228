package dev.recount.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recount.event.NewEvent;
import dev.recount.store.Append;
import dev.recount.store.EventStore;
import dev.recount.store.sqlite.SqliteEventStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sample of a place that a host keeps outside of the log, run. {@link DocumentationTest} sees to it that none is missing here. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class KeptPlaceSamplesTest {

    @TempDir
    Path directory;

    private Kept kept = new Kept(0, "");
    private int rebuilt;

    /** How far the host has got, with the hash there. */
    private record Kept(long sequence, String hash) {}

    private Kept rebuild(EventStore store) {
        rebuilt++;
        long head = store.info().head();
        return new Kept(head, store.chainAt(head).orElseThrow());
    }

    private void keep(EventStore store, long reached) {
        Map<Long, String> hashes = store.chainsAt(List.of(kept.sequence(), reached));
        if (kept.hash().equals(hashes.get(kept.sequence()))) {
            kept = new Kept(reached, hashes.get(reached));
        } else {
            kept = rebuild(store);
        }
    }

    @Test
    void a_host_notices_that_the_log_lost_what_it_has_read_and_others_took_its_place() throws Exception {
        try (EventStore primary = SqliteEventStore.open(directory.resolve("primary.db"))) {
            append(primary, 3, "kept");
        }
        Files.copy(directory.resolve("primary.db"), directory.resolve("replica.db"));
        try (EventStore primary = SqliteEventStore.open(directory.resolve("primary.db"));
                EventStore replica = SqliteEventStore.open(directory.resolve("replica.db"))) {
            kept = rebuild(primary);
            append(primary, 2, "lost");
            keep(primary, 5);
            assertThat(kept.sequence()).isEqualTo(5);
            assertThat(rebuilt).isEqualTo(1);

            append(replica, 4, "other");
            assertThat(replica.info().logId()).isEqualTo(primary.info().logId());
            keep(replica, 7);

            assertThat(rebuilt).isEqualTo(2);
            assertThat(kept.hash()).isEqualTo(replica.chainAt(7).orElseThrow());
        }
    }

    private static void append(EventStore store, int count, String type) {
        for (int i = 0; i < count; i++) {
            store.append(Append.of(List.of(NewEvent.of(type, "{}"))));
        }
    }
}
