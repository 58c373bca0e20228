package dev.recount.examples.town.importing;

import dev.recount.EventLog;
import dev.recount.event.Metadata;
import dev.recount.event.NewEvent;
import dev.recount.examples.town.TownEvent;
import dev.recount.store.Append;
import dev.recount.store.Appended;
import java.util.ArrayList;
import java.util.List;

/**
 * Appends the events of source rows to one rig, some hundreds at a time. Rows that the rig holds already are passed over, so
 * an import can be repeated, taken up after an interruption, and continued when its source has grown.
 *
 * <p>Not thread-safe.
 */
final class RigWriter {

    private static final int BATCH = 400;

    private final EventLog<TownEvent> rig;
    private final KnownRows known;
    private final List<NewEvent> batch = new ArrayList<>();
    private String firstSource = "";
    private String lastSource = "";
    private long stored;

    RigWriter(EventLog<TownEvent> rig) {
        this.rig = rig;
        this.known = KnownRows.in(rig.store());
    }

    /**
     * Takes the events of one row.
     *
     * @throws Unresolvable where the rig holds that row with other content, or an event cannot be stored
     */
    void write(SourceRow row, List<? extends TownEvent> events) {
        List<NewEvent> encoded = encode(row, events);
        KnownRows.Match match = known.match(row.id(), row.content());
        if (match == KnownRows.Match.OTHER_CONTENT) {
            throw new Unresolvable(row.id() + " was imported before with other content, which stays as it is");
        }
        if (match == KnownRows.Match.NEW) {
            add(row, encoded);
        }
    }

    /** Stores what has gathered. */
    void flush() {
        if (batch.isEmpty()) {
            return;
        }
        // The receipt stops a second importer that took the same rows at the same time.
        String receipt = "import " + Digest.text(Digest.of(firstSource)) + ' ' + Digest.text(Digest.of(lastSource));
        Appended appended = rig.store().append(Append.of(batch).withReceipt(receipt));
        stored += appended.repeated() ? 0 : appended.count();
        batch.clear();
    }

    /** What the rig holds, and since then has been given. */
    KnownRows known() {
        return known;
    }

    /** How many events were newly stored. */
    long stored() {
        return stored;
    }

    private List<NewEvent> encode(SourceRow row, List<? extends TownEvent> events) {
        Metadata metadata = Metadata.empty()
                .with("origin", "import")
                .with(KnownRows.SOURCE, row.id())
                .with(KnownRows.DIGEST, Digest.text(row.content()));
        try {
            List<NewEvent> encoded = new ArrayList<>(events.size());
            for (TownEvent event : events) {
                encoded.add(rig.codec().encode(event).withMetadata(metadata));
            }
            return encoded;
        } catch (IllegalArgumentException e) {
            throw new Unresolvable("it cannot be stored: " + e.getMessage());
        }
    }

    private void add(SourceRow row, List<NewEvent> events) {
        if (batch.isEmpty()) {
            firstSource = row.id();
        }
        lastSource = row.id();
        batch.addAll(events);
        if (batch.size() >= BATCH) {
            flush();
        }
    }
}
