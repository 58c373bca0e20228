package dev.recount.store.postgres;

import dev.recount.store.Receipt;
import dev.recount.transfer.Seal;
import dev.recount.transfer.Standing;
import dev.recount.transfer.TransferRow;
import dev.recount.transfer.TransferSource;
import dev.recount.transfer.TransferState;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;

/** One run of a transfer. Not thread-safe: made for one run. */
final class TransferRun {

    private static final int PAGE = 1_000;
    // A writer that is faster than the copy would keep the last round waiting for ever.
    private static final int ROUNDS = 5;

    private final TransferSource source;
    private final PostgresTown town;
    private final String name;
    private final Transfer.Watcher watcher;
    private long events;
    private boolean mayStop = true;

    TransferRun(TransferSource source, PostgresTown town, String name, Transfer.Watcher watcher) {
        this.source = source;
        this.town = town;
        this.name = name;
        this.watcher = watcher;
    }

    Transferred copy() {
        TransferState log = source.state();
        RigIntake rig = begin(log);
        if (rig.row().state() == RigState.OPEN) {
            return moved(log, rig);
        }
        copyEvents(rig, log.head());
        return new Transferred(name, log.logId(), rig.head(), events, false);
    }

    Transferred move(String movedTo) {
        TransferState log = source.state();
        requireMovable(log);
        // Nothing is made where the move was not begun.
        if (log.seal().isPresent() && town.existingRig(name).isEmpty()) {
            throw movedElsewhere(log.seal().get());
        }
        RigIntake rig = begin(log);
        if (rig.row().state() == RigState.OPEN) {
            return moved(log, rig);
        }
        requireForHere(log, rig);
        comeNear(rig, log);
        mayStop = false;
        TransferState end = source.seal(new Seal(rig.row().transfer(), movedTo));
        copyEvents(rig, end.head());
        copyReceipts(rig, log.standing() == Standing.SEALED ? 0 : log.head());
        rig.open(end, source.marks());
        return new Transferred(name, end.logId(), rig.head(), events, true);
    }

    private RigIntake begin(TransferState log) {
        RigIntake rig = RigIntake.begin(town, name, log);
        if (rig.row().state() == RigState.ARRIVING) {
            throw new IllegalStateException(
                    "Rig '" + name + "' is being moved there by a town that places it. Let it end that.");
        }
        if (rig.row().state() != RigState.OPEN) {
            requireSameHistory(log, rig);
        }
        return rig;
    }

    private void requireSameHistory(TransferState log, RigIntake rig) {
        long head = rig.head();
        if (head > log.head()) {
            throw new IllegalStateException("Rig '" + name + "' has the events up to " + head
                    + ", and its source ends at " + log.head()
                    + ": an older copy was put in the source's place. Put the newer one back.");
        }
        if (head < log.floor()) {
            throw new IllegalStateException("Rig '" + name + "' has the events up to " + head
                    + ", and retention has removed those up to " + log.floor()
                    + " from the source. Copy into a schema that has no such rig.");
        }
        // Not by the town's store of it, which would begin to keep read models of a log that is not there yet.
        if (!source.chainAt(head).equals(rig.chainAtHead())) {
            throw new IllegalStateException("Rig '" + name
                    + "' went another way than its source at or before sequence " + head
                    + ": a copy of the source was appended to. Find out which of the two is right.");
        }
    }

    // It was moved here before: nothing is left to do.
    private Transferred moved(TransferState log, RigIntake rig) {
        Seal seal = log.seal()
                .orElseThrow(() -> new IllegalStateException("Rig '" + name + "' is open there, and log " + log.logId()
                        + " is open where it comes from, too: one of them was put back from a backup. Take that one"
                        + " away, or make it another log with a copy of its own."));
        requireForHere(seal, rig);
        return new Transferred(name, log.logId(), rig.head(), 0, true);
    }

    private static void requireMovable(TransferState log) {
        if (log.standing() == Standing.COPY) {
            throw new IllegalStateException("Log " + log.logId()
                    + " is a copy where it comes from, so it cannot be moved. Move it from its source.");
        }
    }

    private static void requireForHere(TransferState log, RigIntake rig) {
        log.seal().ifPresent(seal -> requireForHere(seal, rig));
    }

    private static void requireForHere(Seal seal, RigIntake rig) {
        if (!seal.transfer().equals(rig.row().transfer())) {
            throw movedElsewhere(seal);
        }
    }

    private static IllegalStateException movedElsewhere(Seal seal) {
        return new IllegalStateException("The log was moved to " + seal.movedTo()
                + ", and not to this place: only there it can be appended to, or its move be ended.");
    }

    // Most is copied while the source still takes appends.
    private void comeNear(RigIntake rig, TransferState log) {
        if (log.standing() == Standing.OPEN) {
            copyEvents(rig, log.head());
            copyReceipts(rig, 0);
            long head = source.state().head();
            for (int i = 0; i < ROUNDS && head - rig.head() >= PAGE; i++) {
                copyEvents(rig, head);
                head = source.state().head();
            }
        }
    }

    private void copyEvents(RigIntake rig, long until) {
        while (rig.head() < until) {
            requireNotStopped(rig.head(), until);
            List<TransferRow> rows = source.rows(rig.head(), PAGE);
            if (rows.isEmpty()) {
                throw new IllegalStateException("The source of rig '" + name + "' has no event after " + rig.head()
                        + ", and its head is " + until + ". Check the source.");
            }
            long before = rig.head();
            rig.take(rows);
            events += rig.head() - before;
            watcher.progress().accept(rig.head());
        }
    }

    private void requireNotStopped(long sequence, long until) {
        if (mayStop
                && (watcher.cancelled().getAsBoolean() || Thread.currentThread().isInterrupted())) {
            throw new CancellationException("The transfer to rig '" + name + "' was stopped at sequence " + sequence
                    + " of " + until + ". What it has taken in stays; run it again to go on.");
        }
    }

    private void copyReceipts(RigIntake rig, long since) {
        Optional<String> after = Optional.empty();
        List<Receipt> page;
        do {
            page = source.receipts(after, since, PAGE);
            if (!page.isEmpty()) {
                rig.takeReceipts(page);
                after = Optional.of(page.get(page.size() - 1).key());
            }
        } while (page.size() == PAGE);
    }
}
