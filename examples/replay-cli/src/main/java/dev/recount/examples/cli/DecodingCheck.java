package dev.recount.examples.cli;

import dev.recount.codec.EventCodec;
import dev.recount.codec.UndecodableEvent;
import dev.recount.event.StoredEvent;
import dev.recount.examples.cli.output.Progress;
import dev.recount.examples.town.TownEvent;
import dev.recount.examples.town.TownLog;
import dev.recount.store.EventStore;
import dev.recount.store.Query;
import java.util.ArrayList;
import java.util.List;

/** Tries to decode every event of a log that holds events of a known family. */
final class DecodingCheck {

    /** The kind of its problems, which the store uses, too: for rows that are unreadable whatever the family. */
    static final String KIND = "undecodable";

    private static final int LISTED = 100;

    private final EventStore store;
    private final EventCodec<TownEvent> codec = TownLog.codec();
    private final List<Checked.Problem> problems = new ArrayList<>();
    private long count;

    DecodingCheck(EventStore store) {
        this.store = store;
    }

    /**
     * What cannot be decoded. Immutable.
     *
     * @param problems the first hundred
     * @param count how many there are
     */
    record Findings(List<Checked.Problem> problems, long count) {

        /** Copies the problems. */
        Findings {
            problems = List.copyOf(problems);
        }
    }

    Findings run(Progress progress) {
        if (TownRig.isOne(store)) {
            long head = store.info().head();
            Reading.of(Query.all()).run(store, this::decode, page -> progress.at(page.upTo(), head));
        }
        return new Findings(problems, count);
    }

    private void decode(StoredEvent event) {
        try {
            codec.decode(event);
        } catch (UndecodableEvent e) {
            count++;
            if (problems.size() < LISTED) {
                problems.add(new Checked.Problem(e.sequence(), KIND, String.valueOf(e.getMessage())));
            }
        }
    }
}
