package dev.recount.store.sqlite;

import dev.recount.internal.log.TimeText;
import dev.recount.store.LogCorrupt;
import dev.recount.subscription.Checkpoint;
import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far a rig's log was when it was asked. Immutable.
 *
 * @param chain the hash at the head, in hexadecimal; empty where it is not known
 * @param stamp the file's stamp at that time; as long as it is the same, so is the head
 */
record RigHead(String logId, long head, String chain, long floor, String lastStoredAtText, FileStamp stamp) {

    /** Of a file in which there is no log yet. */
    static final RigHead NONE = new RigHead("", 0, "", 0, TimeText.EARLIEST_TEXT, FileStamp.NEVER);

    Instant lastStoredAt() {
        return TimeText.parseTolerantly(lastStoredAtText);
    }

    /** Whether there is something that a reader at that checkpoint has not seen. */
    boolean isAfter(@Nullable Checkpoint checkpoint) {
        return checkpoint == null
                ? head > 0
                : head > checkpoint.sequence() && checkpoint.logId().equals(logId);
    }

    /** Whether it tells of something that an older look did not. */
    boolean isAfter(RigHead before) {
        return head > before.head || !logId.equals(before.logId);
    }

    /** The same log after an append; what its file looks like now is not known. */
    RigHead at(long newHead) {
        return newHead <= head ? this : new RigHead(logId, newHead, "", floor, lastStoredAtText, FileStamp.NEVER);
    }

    /** The same, but the file has to be opened to know whether it still is. */
    RigHead inDoubt() {
        return new RigHead(logId, head, chain, floor, lastStoredAtText, FileStamp.NEVER);
    }

    /** What was found meanwhile, where that is later in the same log. */
    RigHead orLater(RigHead meanwhile) {
        return meanwhile.logId.equals(logId) && meanwhile.head > head ? meanwhile : this;
    }

    /** Refuses a checkpoint of another log, of one that went on from an older copy, or of which events were removed unread. */
    void require(Checkpoint checkpoint, Path file) {
        if (!checkpoint.logId().equals(logId)) {
            throw unusable(file, "is another than the cursor's: its id was " + checkpoint.logId() + " and is " + logId);
        }
        if (checkpoint.sequence() > head) {
            throw unusable(
                    file,
                    "ends at " + head + ", before the cursor's " + checkpoint.sequence()
                            + ": an older copy was restored");
        }
        if (checkpoint.sequence() < floor) {
            throw unusable(
                    file,
                    "has lost events up to " + floor + " to retention, and the cursor is at " + checkpoint.sequence());
        }
    }

    private static LogCorrupt unusable(Path file, String why) {
        return new LogCorrupt(
                "Log " + file + " " + why + ". Read the rig from its start, with a cursor without it.", null);
    }
}
