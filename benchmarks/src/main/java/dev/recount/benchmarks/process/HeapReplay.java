package dev.recount.benchmarks.process;

import dev.recount.EventLog;
import dev.recount.benchmarks.beads.Bead;
import dev.recount.benchmarks.beads.BeadEvent;
import dev.recount.benchmarks.beads.BeadModels;
import dev.recount.codec.jackson.JacksonCodec;
import dev.recount.replay.Replayed;
import dev.recount.store.sqlite.SqliteEventStore;
import java.nio.file.Path;
import java.util.Map;

/** Replays a log in whatever heap it is given; answers how many events there were. */
public final class HeapReplay {

    private HeapReplay() {}

    /** The log's file. */
    public static void main(String... arguments) {
        try (SqliteEventStore store = SqliteEventStore.openReadOnly(Path.of(arguments[0]))) {
            EventLog<BeadEvent> log = EventLog.of(store, JacksonCodec.of(BeadEvent.class));
            Replayed<Map<String, Bead>> replayed =
                    log.replay(BeadModels.inOwnedHashMap()).run();
            System.out.println(replayed.events());
        }
    }
}
