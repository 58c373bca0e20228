package dev.recount.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recount.event.NewEvent;
import dev.recount.event.StoredEvent;
import dev.recount.internal.log.EventRow;
import dev.recount.internal.log.HashChain;
import dev.recount.internal.log.TimeText;
import dev.recount.store.EventStore;
import dev.recount.store.Page;
import dev.recount.store.Query;
import dev.recount.store.ReadOptions;
import dev.recount.store.Receipt;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Holds what the callers of a rig were told against what the rig holds, again and again while both grow. Not thread-safe. */
final class RigAudit {

    private final EventStore store;
    private final List<Caller> callers;
    private final Map<Caller, Integer> audited = new HashMap<>();
    private final List<StoredEvent> log = new ArrayList<>();
    private final HashChain chain = new HashChain(HashChain.start());

    RigAudit(EventStore store, List<Caller> callers) {
        this.store = store;
        this.callers = callers;
    }

    /** Everything that was acknowledged before this call is there, where it was said to be. */
    void requireAcknowledged() {
        Map<Caller, List<Caller.Told>> told = new HashMap<>();
        callers.forEach(caller -> told.put(caller, caller.told()));
        readOn();
        told.forEach(this::requireThere);
    }

    /** The rig holds so many events, without a gap and as its chain says. */
    void requireWhole(long events) {
        readOn();
        assertThat(log).hasSize((int) events);
    }

    /** What is there follows without a gap, holds the hash that the chain gives, and what was there before has not changed. */
    private void readOn() {
        requireChain();
        Page page;
        do {
            page = store.read(Query.all(), ReadOptions.defaults().after(log.size()));
            page.events().forEach(this::add);
        } while (!page.complete());
        requireChain();
    }

    private void add(StoredEvent event) {
        assertThat(event.sequence()).isEqualTo(log.size() + 1L);
        log.add(event);
        chain.next(new EventRow(
                event.sequence(),
                event.type(),
                event.version(),
                event.tags().toJson(),
                event.data(),
                event.metadata().toJson(),
                TimeText.of(event.occurredAt()),
                TimeText.of(event.storedAt())));
    }

    private void requireChain() {
        assertThat(store.chainAt(log.size()))
                .as("hash at %d", log.size())
                .contains(HexFormat.of().formatHex(chain.last()));
    }

    private void requireThere(Caller caller, List<Caller.Told> told) {
        told.subList(audited.getOrDefault(caller, 0), told.size()).forEach(this::requireThere);
        audited.put(caller, told.size());
    }

    private void requireThere(Caller.Told told) {
        List<NewEvent> given = told.append().events();
        assertThat(told.outcome().count()).as(told.toString()).isEqualTo(given.size());
        assertThat(told.outcome().last()).as(told.toString()).isLessThanOrEqualTo(log.size());
        for (int i = 0; i < given.size(); i++) {
            StoredEvent stored = log.get((int) told.outcome().first() + i - 1);
            assertThat(stored.type()).as(told.toString()).isEqualTo(given.get(i).type());
            assertThat(stored.data()).as(told.toString()).isEqualTo(given.get(i).data());
            assertThat(stored.tags()).as(told.toString()).isEqualTo(given.get(i).tags());
        }
    }

    /** When all callers have ended: nothing else is there, nothing twice, and nobody counted on from what had changed. */
    void requireNothingElse() {
        requireAcknowledged();
        long acknowledged = callers.stream()
                .flatMap(caller -> caller.told().stream())
                .mapToLong(told -> told.outcome().count())
                .sum();
        assertThat(log).hasSize((int) acknowledged);
        List<StoredEvent> counted = log.stream().filter(Caller.COUNTER::matches).toList();
        for (int i = 0; i < counted.size(); i++) {
            assertThat(counted.get(i).data()).isEqualTo(String.valueOf(i + 1));
        }
        assertThat(log).isSortedAccordingTo((a, b) -> a.storedAt().compareTo(b.storedAt()));
        callers.forEach(this::requireReceipt);
    }

    private void requireReceipt(Caller caller) {
        List<Caller.Told> told = caller.told();
        Caller.Told last = told.get(told.size() - 1);
        String key = last.append().receiptKey().orElseThrow();
        assertThat(store.receipt(key).map(Receipt::outcome).map(outcome -> outcome.first()))
                .isEqualTo(Optional.of(last.outcome().first()));
    }
}
