package dev.recount.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.recount.event.NewEvent;
import dev.recount.event.StoredEvent;
import dev.recount.store.Append;
import dev.recount.store.AppendCondition;
import dev.recount.store.AppendConditionFailed;
import dev.recount.store.Appended;
import dev.recount.store.EventStore;
import dev.recount.store.Receipt;
import dev.recount.store.ReceiptConflict;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Holds what the callers of many appends were told against the log that came of them. Immutable. */
final class AppendAudit {

    private final List<StoredEvent> log;
    private final List<AppendAttempt> attempts;
    private final long before;

    /** All events of a log, and all appends that were ever tried on it. */
    AppendAudit(List<StoredEvent> log, List<AppendAttempt> attempts) {
        this(log, attempts, 0);
    }

    /** All events of a log, and all appends that were tried on it since the sequence {@code before}. */
    AppendAudit(List<StoredEvent> log, List<AppendAttempt> attempts, long before) {
        this.log = log;
        this.attempts = attempts;
        this.before = before;
    }

    /** Fails with the first thing that does not fit. */
    void requireSound(EventStore store) {
        requireUnbroken();
        requireOnlyWhatWasAcknowledged();
        Map<String, AppendAttempt> byReceipt = storedByReceipt();
        for (AppendAttempt attempt : attempts) {
            attempt.outcome().ifPresent(told -> requireJustified(attempt, told, byReceipt));
            attempt.refusal().ifPresent(told -> requireJustified(attempt, told, byReceipt));
        }
        byReceipt.forEach((key, stored) -> assertEquals(Optional.of(receiptOf(stored)), store.receipt(key)));
    }

    private void requireUnbroken() {
        Instant storedAt = Instant.MIN;
        for (int i = 0; i < log.size(); i++) {
            StoredEvent event = log.get(i);
            assertEquals(i + 1, event.sequence(), "sequence");
            assertTrue(!event.storedAt().isBefore(storedAt), () -> "stored before the one before it: " + event);
            storedAt = event.storedAt();
        }
    }

    private void requireOnlyWhatWasAcknowledged() {
        long acknowledged = attempts.stream()
                .filter(AppendAttempt::isStored)
                .mapToLong(attempt -> attempt.append().events().size())
                .sum();
        assertEquals(acknowledged, log.size() - before, "events in the log, by what was acknowledged");
    }

    private Map<String, AppendAttempt> storedByReceipt() {
        return attempts.stream()
                .filter(attempt ->
                        attempt.isStored() && attempt.append().receiptKey().isPresent())
                .collect(Collectors.toMap(
                        attempt -> attempt.append().receiptKey().orElseThrow(),
                        Function.identity(),
                        (one, other) -> fail("Stored twice with one receipt: " + one + " and " + other)));
    }

    private void requireJustified(AppendAttempt attempt, Appended told, Map<String, AppendAttempt> byReceipt) {
        assertTrue(!attempt.isImpossible(log.size()), () -> "Acknowledged, but impossible: " + attempt);
        if (told.repeated()) {
            AppendAttempt first = stored(attempt, byReceipt);
            Appended outcome = first.outcome().orElseThrow();
            assertEquals(new Appended(outcome.first(), outcome.last(), true), told, () -> "repeated: " + attempt);
            assertEquals(first.append().fingerprint(), attempt.append().fingerprint(), () -> "content of " + attempt);
        } else {
            requireStored(attempt, told);
            requireConditionHeld(attempt, told);
        }
    }

    private void requireStored(AppendAttempt attempt, Appended told) {
        List<NewEvent> given = attempt.append().events();
        assertEquals(given.size(), told.count(), () -> "count of " + attempt);
        assertTrue(told.first() > before && told.last() <= log.size(), () -> "outside of the log: " + attempt);
        for (int i = 0; i < given.size(); i++) {
            StoredEvent stored = at(told.first() + i);
            assertEquals(given.get(i).type(), stored.type(), () -> "type in " + attempt);
            assertEquals(given.get(i).tags(), stored.tags(), () -> "tags in " + attempt);
            assertEquals(given.get(i).data(), stored.data(), () -> "data in " + attempt);
        }
    }

    private void requireConditionHeld(AppendAttempt attempt, Appended told) {
        AppendCondition condition = attempt.append().condition();
        Optional<StoredEvent> conflicting = firstConflict(condition).filter(event -> event.sequence() < told.first());
        assertTrue(conflicting.isEmpty(), () -> "Stored although " + conflicting + " was there: " + attempt);
    }

    private void requireJustified(AppendAttempt attempt, RuntimeException told, Map<String, AppendAttempt> byReceipt) {
        if (told instanceof AppendConditionFailed failed) {
            assertEquals(attempt.append().condition(), failed.condition(), () -> "condition of " + attempt);
            assertEquals(
                    firstConflict(failed.condition()),
                    Optional.of(failed.conflicting()),
                    () -> "first event in the log that refuses " + attempt);
        } else if (told instanceof ReceiptConflict conflict) {
            AppendAttempt first = stored(attempt, byReceipt);
            assertEquals(receiptOf(first), conflict.receipt(), () -> "receipt of " + attempt);
            assertTrue(
                    !first.append().fingerprint().equals(attempt.append().fingerprint()),
                    () -> "A conflict with the same content: " + attempt);
        } else {
            assertTrue(attempt.isImpossible(log.size()), () -> "Refused without a reason: " + attempt);
        }
    }

    private static AppendAttempt stored(AppendAttempt attempt, Map<String, AppendAttempt> byReceipt) {
        AppendAttempt stored = attempt.append().receiptKey().map(byReceipt::get).orElse(null);
        return stored != null ? stored : fail("Told of a receipt that nobody stored: " + attempt);
    }

    private Optional<StoredEvent> firstConflict(AppendCondition condition) {
        return log.stream()
                .skip(condition.after())
                .filter(condition.query()::matches)
                .findFirst();
    }

    private StoredEvent at(long sequence) {
        return log.get(Math.toIntExact(sequence - 1));
    }

    private static Receipt receiptOf(AppendAttempt stored) {
        Append append = stored.append();
        return new Receipt(
                append.receiptKey().orElseThrow(),
                append.fingerprint().orElseThrow(),
                stored.outcome().orElseThrow());
    }
}
