package dev.recount.store.memory;

import static dev.recount.store.memory.FaultyStore.appending;

import dev.recount.event.NewEvent;
import dev.recount.store.Append;
import dev.recount.store.AppendCondition;
import dev.recount.store.AppendConditionFailed;
import dev.recount.store.Appended;
import dev.recount.store.EventStore;
import dev.recount.store.Page;
import dev.recount.store.ReadOptions;
import dev.recount.store.Receipt;
import dev.recount.store.StoreUnavailable;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Exchanger;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Stores that get one thing about appending wrong. */
final class FaultyAppends {

    private FaultyAppends() {}

    static EventStore losingTheLastOfSeveral(EventStore good) {
        return appending(good, (store, append) -> {
            int count = append.events().size();
            List<NewEvent> kept = count < 3 ? append.events() : append.events().subList(0, count - 1);
            Appended outcome = store.append(withEvents(append, kept));
            return new Appended(outcome.first(), outcome.last() + count - kept.size(), outcome.repeated());
        });
    }

    static EventStore ignoringTheCondition(EventStore good) {
        return appending(good, (store, append) -> store.append(append.when(AppendCondition.none())));
    }

    static EventStore overlookingTheFirstConflict(EventStore good) {
        return appending(good, (store, append) -> {
            long after = Math.min(append.condition().after() + 1, store.info().head());
            return store.append(append.when(append.condition().after(after)));
        });
    }

    // Two callers meet between check and append, so the race that the fault opens is always run.
    static EventStore checkingTheConditionBeforeTheTransaction(EventStore good) {
        Exchanger<Append> meeting = new Exchanger<>();
        return appending(good, (store, append) -> {
            check(store, append.condition());
            try {
                meeting.exchange(append, 10, TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                return store.append(append);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return store.append(append.when(AppendCondition.none()));
        });
    }

    static EventStore tearingBatches(EventStore good) {
        return appending(good, (store, append) -> {
            if (append.events().size() < 2 || append.receiptKey().isPresent()) {
                return store.append(append);
            }
            check(store, append.condition());
            Appended last = null;
            for (NewEvent event : append.events()) {
                last = store.append(Append.of(List.of(event)));
            }
            return new Appended(last.last() - append.events().size() + 1, last.last(), false);
        });
    }

    static EventStore storingWhatItRefuses(EventStore good) {
        return appending(good, (store, append) -> {
            try {
                return store.append(append);
            } catch (AppendConditionFailed e) {
                store.append(append.when(AppendCondition.none()));
                throw e;
            }
        });
    }

    static EventStore forgettingReceipts(EventStore good) {
        return appending(
                good, (store, append) -> store.append(Append.of(append.events()).when(append.condition())));
    }

    static EventStore takingTheKeyForTheContent(EventStore good) {
        return appending(good, (store, append) -> {
            Optional<Receipt> known = append.receiptKey().flatMap(store::receipt);
            return known.map(Receipt::outcome)
                    .map(first -> new Appended(first.first(), first.last(), true))
                    .orElseGet(() -> store.append(append));
        });
    }

    static EventStore checkingTheConditionBeforeTheReceipt(EventStore good) {
        return appending(good, (store, append) -> {
            check(store, append.condition());
            return store.append(append);
        });
    }

    static EventStore acceptingNothing(EventStore good) {
        return appending(good, (store, append) -> {
            long head = store.info().head();
            boolean nothing = append.events().isEmpty() && append.receiptKey().isEmpty();
            return nothing ? new Appended(head + 1, head, false) : store.append(append);
        });
    }

    static EventStore acceptingConditionsOfAnotherLog(EventStore good) {
        return appending(good, (store, append) -> {
            long after = Math.min(append.condition().after(), store.info().head());
            return store.append(append.when(append.condition().after(after)));
        });
    }

    static EventStore swallowingInterrupts(EventStore good) {
        return appending(good, (store, append) -> {
            Thread.interrupted();
            return store.append(append);
        });
    }

    static EventStore storingHalfWhenInterrupted(EventStore good) {
        return appending(good, (store, append) -> {
            if (!Thread.currentThread().isInterrupted()) {
                return store.append(append);
            }
            store.append(withEvents(
                    append, append.events().subList(0, append.events().size() / 2)));
            throw new StoreUnavailable("Interrupted. Append again.", null);
        });
    }

    private static Append withEvents(Append append, List<NewEvent> events) {
        Append changed = Append.of(events).when(append.condition());
        return append.receiptKey().map(changed::withReceipt).orElse(changed);
    }

    private static void check(EventStore store, AppendCondition condition) {
        Page page = store.read(condition.query(), ReadOptions.defaults().after(condition.after()));
        page.events().stream().findFirst().ifPresent(conflicting -> {
            throw new AppendConditionFailed(condition, conflicting);
        });
    }
}
