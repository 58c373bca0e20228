package dev.recount.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recount.event.StoredEvent;
import dev.recount.internal.log.EventRow;
import dev.recount.internal.log.HashChain;
import dev.recount.internal.log.TimeText;
import dev.recount.store.EventStore;
import dev.recount.store.Query;
import java.util.HexFormat;
import java.util.List;

/** Computes the hashes of a log from what is read of it. */
final class Chain {

    private Chain() {}

    /** Every sequence is there once, and every hash is that of the events up to it. */
    static void requireWhole(EventStore log) {
        List<StoredEvent> events = Events.all(log, Query.all());
        long floor = log.info().floor();
        HashChain chain =
                new HashChain(HexFormat.of().parseHex(log.chainAt(floor).orElseThrow()));
        long sequence = floor;
        for (StoredEvent event : events) {
            assertThat(event.sequence()).isEqualTo(++sequence);
            chain.next(row(event));
        }
        assertThat(log.chainAt(sequence)).contains(HexFormat.of().formatHex(chain.last()));
        assertThat(log.info().head()).isEqualTo(sequence);
    }

    private static EventRow row(StoredEvent event) {
        return new EventRow(
                event.sequence(),
                event.type(),
                event.version(),
                event.tags().toJson(),
                event.data(),
                event.metadata().toJson(),
                TimeText.of(event.occurredAt()),
                TimeText.of(event.storedAt()));
    }
}
