package dev.recount.testkit;

import dev.recount.store.Append;
import dev.recount.store.AppendConditionFailed;
import dev.recount.store.Appended;
import dev.recount.store.EventStore;
import dev.recount.store.ReceiptConflict;
import java.util.Optional;

/** An append and what its caller was told. Immutable. */
record AppendAttempt(Append append, Optional<Appended> outcome, Optional<RuntimeException> refusal) {

    /** Appends. What is neither an outcome nor a refusal for a reason of the append's own is thrown. */
    static AppendAttempt of(Append append, EventStore store) {
        try {
            return new AppendAttempt(append, Optional.of(store.append(append)), Optional.empty());
        } catch (AppendConditionFailed | ReceiptConflict | IllegalArgumentException refusal) {
            return new AppendAttempt(append, Optional.empty(), Optional.of(refusal));
        }
    }

    boolean isStored() {
        return outcome.isPresent() && !outcome.get().repeated();
    }

    boolean isRepeated() {
        return outcome.isPresent() && outcome.get().repeated();
    }

    /** Whether no log of that head, nor any before it, can take it. */
    boolean isImpossible(long head) {
        boolean nothing = append.events().isEmpty() && append.receiptKey().isEmpty();
        return nothing || append.condition().after() > head;
    }

    @Override
    public String toString() {
        return append.events() + " under " + append.condition()
                + append.receiptKey().map(key -> " with receipt " + key).orElse("") + ": "
                + outcome.<Object>map(told -> told).orElseGet(() -> refusal.orElseThrow());
    }
}
