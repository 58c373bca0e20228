package dev.recount.store.postgres;

import dev.recount.store.LogCorrupt;
import dev.recount.store.Receipt;
import dev.recount.transfer.TransferRow;
import dev.recount.transfer.TransferSource;
import dev.recount.transfer.TransferState;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Copies a rig to its next place while it is written to, then what came meanwhile. Not thread-safe: made for one run of a move. */
final class RigCopy {

    private static final int PAGE = 1_000;
    // Writers may be as fast as the copy. What is left then is copied while they wait.
    private static final int ROUNDS = 10;

    private final TransferSource source;
    private final RigIntake target;
    private final Consumer<String> afterStep;
    private long receiptsUpTo;

    RigCopy(TransferSource source, RigIntake target, Consumer<String> afterStep) {
        this.source = source;
        this.target = target;
        this.afterStep = afterStep;
    }

    /** Refuses a target that is no earlier copy of the source. */
    void requireSameHistory() {
        TransferState log = source.state();
        if (target.head() < log.floor()) {
            return;
        }
        Optional<String> found = target.chainAtHead();
        Optional<String> expected = source.chainAt(target.head());
        if (!found.equals(expected)) {
            throw new LogCorrupt(
                    "The copy that the target has of log " + log.logId() + " is another one up to sequence "
                            + target.head() + ": its hash is " + found.orElse("none") + ", and that of the source "
                            + expected.orElse("none") + ". Restore one of the two databases from a backup.",
                    null);
        }
    }

    /** Copies until little is left. */
    void follow() {
        comeNear();
        receiptsUpTo = source.state().head();
        copyReceipts(0);
        afterStep.accept("receipts copied");
        comeNear();
    }

    private void comeNear() {
        long head = source.state().head();
        for (int round = 0; round < ROUNDS && head - target.head() >= PAGE; round++) {
            copyEvents(head, "events copied");
            head = source.state().head();
        }
    }

    /** Copies the rest of a source that is sealed, with all that goes with it, and compares. */
    void complete() {
        TransferState log = source.state();
        copyEvents(log.head(), "rest copied");
        target.moveFloor(log);
        copyReceipts(receiptsUpTo);
        target.complete(log, source.marks());
        afterStep.accept("whole");
    }

    private void copyEvents(long until, String step) {
        while (target.head() < until) {
            List<TransferRow> rows = source.rows(target.head(), PAGE);
            if (rows.isEmpty() || rows.get(0).sequence() > target.head() + 1) {
                requireRemoved(until);
            } else {
                target.take(rows);
            }
            afterStep.accept(step);
        }
    }

    // Retention may have passed the target meanwhile.
    private void requireRemoved(long until) {
        TransferState log = source.state();
        if (log.floor() <= target.head()) {
            throw new LogCorrupt(
                    "Log " + log.logId() + " has no event after " + target.head() + " where it is, and its head is "
                            + until + ". Check it, and restore it from a backup.",
                    null);
        }
        target.moveFloor(log);
    }

    private void copyReceipts(long since) {
        Optional<String> after = Optional.empty();
        List<Receipt> page;
        do {
            page = source.receipts(after, since, PAGE);
            if (!page.isEmpty()) {
                target.takeReceipts(page);
                after = Optional.of(page.get(page.size() - 1).key());
            }
        } while (page.size() == PAGE);
    }
}
