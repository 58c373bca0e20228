package dev.recount.store.sqlite;

import dev.recount.store.AppendConditionFailed;
import dev.recount.store.Appended;
import dev.recount.store.EventsRemoved;
import dev.recount.store.LogCorrupt;
import dev.recount.store.ReceiptConflict;
import dev.recount.store.StoreUnavailable;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Appends that are committed together: all that are not refused, or none. Not thread-safe: only its leader uses it. */
final class AppendGroup {

    private List<AppendRequest> requests;
    private boolean failedBeforeCommit;
    private long head;

    /** A group of one, for a start. */
    AppendGroup(AppendRequest leader) {
        this(List.of(leader));
    }

    private AppendGroup(List<AppendRequest> requests) {
        this.requests = requests;
    }

    /** Begins the work inside a transaction. */
    interface Start {
        AppendTransaction on(Session writer) throws SQLException;
    }

    /** Lets those in who wait. */
    void takeIn(AppendQueue waiting) {
        requests = waiting.groupBehind(requests.get(0));
    }

    /** When the last of them has waited long enough. */
    Deadline deadline() {
        return requests.get(requests.size() - 1).deadline();
    }

    /** Runs one request after the other, as if each were alone; a refused one leaves no trace, and the others go on. */
    long run(AppendTransaction transaction) throws SQLException {
        failedBeforeCommit = true;
        for (AppendRequest request : requests) {
            run(request, transaction);
        }
        head = transaction.finish();
        failedBeforeCommit = false;
        return head;
    }

    private static void run(AppendRequest request, AppendTransaction transaction) throws SQLException {
        Optional<Appended> earlier;
        try {
            earlier = transaction.check(request.append());
        } catch (AppendConditionFailed | EventsRemoved | ReceiptConflict | IllegalArgumentException refusal) {
            request.fail(refusal);
            return;
        }
        request.succeed(earlier.isPresent() ? earlier.get() : transaction.store(request.append()));
    }

    /** The head of the log when its transaction was done. */
    long head() {
        return head;
    }

    /** Whether something failed that may be the fault of one of several requests. A commit that fails is nobody's. */
    boolean isDivisible() {
        return failedBeforeCommit && requests.size() > 1;
    }

    /** Its requests in the same order, in two groups. */
    List<AppendGroup> halves() {
        int middle = requests.size() / 2;
        return List.of(
                new AppendGroup(requests.subList(0, middle)),
                new AppendGroup(requests.subList(middle, requests.size())));
    }

    /** It is committed. */
    void settle() {
        requests.forEach(AppendRequest::settle);
    }

    /** Nothing was stored of those that are not settled: they get the failure, each in an exception of its own. */
    void fail(Throwable failure) {
        boolean first = true;
        for (AppendRequest request : requests) {
            if (!request.isSettled()) {
                request.fail(first ? failure : again(failure));
                request.settle();
                first = false;
            }
        }
    }

    private static RuntimeException again(Throwable failure) {
        String message = String.valueOf(failure.getMessage());
        return failure instanceof LogCorrupt
                ? new LogCorrupt(message, failure)
                : new StoreUnavailable(message, failure);
    }

    /** Tells all but the leader how it ended. */
    void wakeFollowers() {
        for (AppendRequest request : requests.subList(1, requests.size())) {
            request.wake();
        }
    }
}
