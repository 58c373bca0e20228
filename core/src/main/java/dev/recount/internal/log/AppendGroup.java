package dev.recount.internal.log;

import dev.recount.store.Append;
import dev.recount.store.AppendConditionFailed;
import dev.recount.store.Appended;
import dev.recount.store.EventsRemoved;
import dev.recount.store.LogCorrupt;
import dev.recount.store.ReceiptConflict;
import dev.recount.store.StoreUnavailable;
import java.util.List;
import java.util.Optional;

/** Appends that are committed together: all that are not refused, or none. Not thread-safe: only its leader uses it. */
public final class AppendGroup {

    private List<AppendRequest> requests;
    private boolean failedBeforeCommit;
    private long head;

    /** A group of one, for a start. */
    public AppendGroup(AppendRequest leader) {
        this(List.of(leader));
    }

    private AppendGroup(List<AppendRequest> requests) {
        this.requests = requests;
    }

    /** What is done inside a transaction that holds the log's write lock; it may fail with {@code X}. */
    public interface Transaction<X extends Exception> {

        /**
         * The first outcome of the same receipt, where there was one; nothing is written.
         *
         * @throws RuntimeException where the append is refused
         */
        Optional<Appended> check(Append append) throws X;

        /** Writes an append that was checked. */
        Appended store(Append append) throws X;

        /** Brings all else up to what was written; returns the head. */
        long finish() throws X;
    }

    /** Lets those in who wait. */
    public void takeIn(AppendQueue waiting) {
        requests = waiting.groupBehind(requests.get(0));
    }

    /** What is to be stored, in this order. */
    public List<Append> appends() {
        return requests.stream().map(AppendRequest::append).toList();
    }

    /** When the last of them has waited long enough. */
    public Deadline deadline() {
        return requests.get(requests.size() - 1).deadline();
    }

    /** Runs one request after the other, as if each were alone; a refused one leaves no trace, and the others go on. */
    public <X extends Exception> long run(Transaction<X> transaction) throws X {
        failedBeforeCommit = true;
        for (AppendRequest request : requests) {
            run(request, transaction);
        }
        head = transaction.finish();
        failedBeforeCommit = false;
        return head;
    }

    private static <X extends Exception> void run(AppendRequest request, Transaction<X> transaction) throws X {
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
    public long head() {
        return head;
    }

    /** Whether something failed that may be the fault of one of several requests. A commit that fails is nobody's. */
    public boolean isDivisible() {
        return failedBeforeCommit && requests.size() > 1;
    }

    /** Its requests in the same order, in two groups. */
    public List<AppendGroup> halves() {
        int middle = requests.size() / 2;
        return List.of(
                new AppendGroup(requests.subList(0, middle)),
                new AppendGroup(requests.subList(middle, requests.size())));
    }

    /** It is committed. */
    public void settle() {
        requests.forEach(AppendRequest::settle);
    }

    /** Nothing was stored of those that are not settled: they get the failure, each in an exception of its own. */
    public void fail(Throwable failure) {
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
    public void wakeFollowers() {
        for (AppendRequest request : requests.subList(1, requests.size())) {
            request.wake();
        }
    }
}
