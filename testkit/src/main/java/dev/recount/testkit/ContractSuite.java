package dev.recount.testkit;

import dev.recount.event.NewEvent;
import dev.recount.event.StoredEvent;
import dev.recount.event.Tags;
import dev.recount.store.Append;
import dev.recount.store.Appended;
import dev.recount.store.EventStore;
import dev.recount.store.Query;
import dev.recount.store.ReadOptions;
import dev.recount.store.Retained;
import dev.recount.store.Retention;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** What every suite of the contract works with: a store on an empty log, its clock, and more stores where asked for. */
abstract class ContractSuite {

    static final String LOG = "log";

    final SettableClock clock = new SettableClock();

    private final EventStoreContract contract;
    private final List<EventStore> opened = new ArrayList<>();

    EventStore store;

    ContractSuite(EventStoreContract contract) {
        this.contract = contract;
    }

    @BeforeEach
    final void openAnEmptyLog() {
        store = open(LOG);
    }

    @AfterEach
    final void closeAll() {
        opened.forEach(EventStore::close);
    }

    final EventStore open(String log) {
        EventStore opening = contract.open(log, clock);
        opened.add(opening);
        return opening;
    }

    /** Another store on the same log, while the first is open. */
    final EventStore openAnother() {
        return open(LOG);
    }

    /** How long to wait for what a store does at once. */
    final Duration patience() {
        return contract.patience();
    }

    final Retained retain(Retention retention) {
        return contract.retain(LOG, retention);
    }

    final void reopen() {
        store.close();
        store = open(LOG);
    }

    static NewEvent event(String type, String... tags) {
        return NewEvent.of(type, "{\"of\":\"" + type + "\"}").withTags(Tags.parse(List.of(tags)));
    }

    /** Events that differ in their data. */
    static List<NewEvent> numbered(int count, String... tags) {
        Tags parsed = Tags.parse(List.of(tags));
        return IntStream.rangeClosed(1, count)
                .mapToObj(i -> NewEvent.of("counted", "{\"number\":" + i + "}").withTags(parsed))
                .toList();
    }

    final Appended append(NewEvent... events) {
        return store.append(Append.of(List.of(events)));
    }

    final Appended append(List<NewEvent> events) {
        return store.append(Append.of(events));
    }

    final List<StoredEvent> readAll() {
        return readAll(Query.all());
    }

    final List<StoredEvent> readAll(Query query) {
        return Pages.readAll(store, query, ReadOptions.defaults());
    }

    static List<Long> sequences(List<StoredEvent> events) {
        return events.stream().map(StoredEvent::sequence).toList();
    }

    static List<String> types(List<StoredEvent> events) {
        return events.stream().map(StoredEvent::type).toList();
    }
}
