package dev.recount.internal.log;

import dev.recount.event.Metadata;
import dev.recount.event.NewEvent;
import dev.recount.event.Tags;
import java.security.MessageDigest;
import java.time.DateTimeException;

/** Checks events one after the other: gaps, hashes, times, form. Not thread-safe: use from one thread at a time. */
public final class EventChecker {

    private final Problems problems;
    private final HashChain chain;
    private long last;
    private long count;
    private boolean chainWhole = true;
    private String lastStoredAt = "";

    /** Begins after the floor of a log, and the hash that is kept of it. */
    public EventChecker(long floor, byte[] floorChain, Problems problems) {
        this.problems = problems;
        this.chain = new HashChain(floorChain);
        this.last = floor;
    }

    /** The next event, with the hash that is stored with it. */
    public void take(EventRow row, byte[] hash) {
        boolean follows = row.sequence() == last + 1;
        if (!follows) {
            missing(last + 1, row.sequence() - 1);
        }
        checkHash(row, hash, follows);
        checkTime(row);
        checkForm(row);
        last = row.sequence();
        count++;
    }

    /** Goes on from a floor that was moved meanwhile. */
    public void goOnFrom(long floor, byte[] floorChain) {
        chain.goOnFrom(floorChain);
        last = floor;
    }

    /** All events up to the head were given. */
    public void finish(long head, byte[] headChain) {
        if (last < head) {
            missing(last + 1, head);
        } else if (last == head && !MessageDigest.isEqual(chain.last(), headChain)) {
            chainWhole = false;
            problems.add(last, "head", "The hash that the log keeps of its head is not that of event " + last + '.');
        }
    }

    /** How many there were. */
    public long count() {
        return count;
    }

    /** Whether every hash followed from the one before, up to the head. */
    public boolean isChainWhole() {
        return chainWhole;
    }

    private void missing(long first, long to) {
        chainWhole = false;
        String which = first == to ? "Event " + first + " is" : "Events " + first + " to " + to + " are";
        problems.add(first, "missing", which + " missing.");
    }

    // After a gap there is no hash before to follow from; the gap is reported already.
    private void checkHash(EventRow row, byte[] hash, boolean follows) {
        if (!MessageDigest.isEqual(chain.next(row), hash)) {
            chainWhole = false;
            if (follows) {
                problems.add(
                        row.sequence(),
                        "chain",
                        "Event " + row.sequence()
                                + " was changed or put in another's place: its hash does not follow from"
                                + " its texts and the hash before.");
            }
        }
        chain.goOnFrom(hash);
    }

    private void checkTime(EventRow row) {
        if (row.storedAt().compareTo(lastStoredAt) < 0) {
            problems.add(
                    row.sequence(),
                    "time",
                    "Event " + row.sequence() + " was stored at " + row.storedAt() + ", before the event before it.");
        }
        lastStoredAt = row.storedAt();
    }

    private void checkForm(EventRow row) {
        try {
            NewEvent.of(row.type(), row.data()).withVersion(row.version());
            Tags.ofJson(row.tags()).asList();
            Metadata.ofJson(row.metadata()).asMap();
            TimeText.parse(row.occurredAt());
            TimeText.parse(row.storedAt());
        } catch (IllegalArgumentException | DateTimeException e) {
            problems.add(row.sequence(), "undecodable", "Event " + row.sequence() + ": " + e.getMessage());
        }
    }
}
