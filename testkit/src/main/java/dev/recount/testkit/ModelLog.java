package dev.recount.testkit;

import dev.recount.event.NewEvent;
import dev.recount.event.StoredEvent;
import dev.recount.store.Append;
import dev.recount.store.AppendConditionFailed;
import dev.recount.store.Appended;
import dev.recount.store.Query;
import dev.recount.store.ReadOptions;
import dev.recount.store.Receipt;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a log does, written as naively as can be. Not thread-safe. */
final class ModelLog {

    private final List<StoredEvent> events = new ArrayList<>();
    private final Map<String, Receipt> receipts = new HashMap<>();
    private Instant lastStoredAt = Instant.MIN;

    long head() {
        return events.size();
    }

    Optional<Receipt> receipt(String key) {
        return Optional.ofNullable(receipts.get(key));
    }

    List<StoredEvent> read(Query query, ReadOptions options) {
        List<StoredEvent> found = new ArrayList<>();
        for (StoredEvent event : events) {
            boolean within = event.sequence() > options.after() && event.sequence() <= options.until();
            if (within && query.matches(event)) {
                found.add(event);
            }
        }
        if (options.isNewestFirst()) {
            Collections.reverse(found);
        }
        return found;
    }

    Appended append(Append append, Instant now) {
        Optional<Receipt> known = append.receiptKey().flatMap(this::receipt);
        if (known.isPresent()) {
            return known.get().repeat(append);
        }
        check(append);
        long first = head() + 1;
        store(append.events(), now.truncatedTo(ChronoUnit.MICROS));
        Appended outcome = new Appended(first, head(), false);
        append.receiptKey()
                .ifPresent(key ->
                        receipts.put(key, new Receipt(key, append.fingerprint().orElseThrow(), outcome)));
        return outcome;
    }

    private void check(Append append) {
        if (append.events().isEmpty() && append.receiptKey().isEmpty()) {
            throw new IllegalArgumentException("nothing to store");
        }
        if (append.condition().after() > head()) {
            throw new IllegalArgumentException("made on another log");
        }
        ReadOptions since = ReadOptions.defaults().after(append.condition().after());
        for (StoredEvent conflicting : read(append.condition().query(), since)) {
            throw new AppendConditionFailed(append.condition(), conflicting);
        }
    }

    private void store(List<NewEvent> newEvents, Instant now) {
        if (!newEvents.isEmpty() && now.isAfter(lastStoredAt)) {
            lastStoredAt = now;
        }
        for (NewEvent event : newEvents) {
            events.add(new StoredEvent(
                    head() + 1,
                    event.type(),
                    event.version(),
                    event.tags(),
                    event.data(),
                    event.metadata(),
                    event.occurredAt().orElse(lastStoredAt),
                    lastStoredAt));
        }
    }
}
