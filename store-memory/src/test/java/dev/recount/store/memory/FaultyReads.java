package dev.recount.store.memory;

import static dev.recount.store.memory.FaultyStore.reading;
import static dev.recount.store.memory.FaultyStore.showing;

import dev.recount.event.StoredEvent;
import dev.recount.event.Tags;
import dev.recount.store.EventStore;
import dev.recount.store.EventsRemoved;
import dev.recount.store.Page;
import dev.recount.store.Query;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Stores that get one thing about reading wrong. */
final class FaultyReads {

    private FaultyReads() {}

    static EventStore showingEverySecondEventLate(EventStore good) {
        Set<Long> askedFor = ConcurrentHashMap.newKeySet();
        return reading(good, (store, query, options) -> {
            Page page = store.read(query, options);
            List<StoredEvent> visible = page.events().stream()
                    .filter(event -> event.sequence() % 2 == 1 || !askedFor.add(event.sequence()))
                    .toList();
            return new Page(query, visible, page.upTo(), page.complete());
        });
    }

    static EventStore readingBackwards(EventStore good) {
        return reading(good, (store, query, options) -> {
            Page page = store.read(query, options);
            List<StoredEvent> events = new ArrayList<>(page.events());
            Collections.reverse(events);
            return new Page(query, events, page.upTo(), page.complete());
        });
    }

    static EventStore usingSequencesTwice(EventStore good) {
        return showing(good, event -> at(event, (event.sequence() + 1) / 2, event.occurredAt(), event.storedAt()));
    }

    static EventStore passingOverWhatWasRemoved(EventStore good) {
        return reading(good, (store, query, options) -> {
            try {
                return store.read(query, options);
            } catch (EventsRemoved e) {
                return store.read(query, options.after(e.floor()));
            }
        });
    }

    static EventStore stoppingAtOnePage(EventStore good) {
        return reading(good, (store, query, options) -> {
            Page page = store.read(query, options);
            return new Page(query, page.events(), page.upTo(), true);
        });
    }

    static EventStore claimingToHaveLookedFurther(EventStore good) {
        return reading(good, (store, query, options) -> {
            Page page = store.read(query, options);
            return new Page(query, page.events(), page.complete() ? page.upTo() : page.upTo() + 1, page.complete());
        });
    }

    static EventStore stoppingUpToAtTheLastMatch(EventStore good) {
        return reading(good, (store, query, options) -> {
            Page page = store.read(query, options);
            long last = page.events().stream()
                    .mapToLong(StoredEvent::sequence)
                    .max()
                    .orElse(options.after());
            return new Page(query, page.events(), last, page.complete());
        });
    }

    static EventStore leavingUntilOut(EventStore good) {
        return reading(good, (store, query, options) -> {
            Page page = store.read(query, options);
            List<StoredEvent> events = page.events().stream()
                    .filter(event -> event.sequence() != options.until())
                    .toList();
            return new Page(query, events, page.upTo(), page.complete());
        });
    }

    static EventStore mixingUpAndAndOr(EventStore good) {
        return reading(good, (store, query, options) -> {
            Query mixedUp = Query.none();
            for (Query.Item item : query.items()) {
                mixedUp = mixedUp.or(Query.ofTypes(item.types()));
                for (String tag : item.tags()) {
                    mixedUp = mixedUp.or(Query.taggedWithAll(Tags.parse(List.of(tag))));
                }
            }
            Page page = store.read(query.isAll() ? query : mixedUp, options);
            return new Page(query, page.events(), page.upTo(), page.complete());
        });
    }

    static EventStore findingAMatchOnceForEachAlternative(EventStore good) {
        return reading(good, (store, query, options) -> {
            Page page = store.read(query, options);
            List<StoredEvent> events = new ArrayList<>();
            for (StoredEvent event : page.events()) {
                query.items().stream()
                        .filter(item -> Query.taggedWithAll(item.tags()).matches(event))
                        .forEach(item -> events.add(event));
            }
            return new Page(query, events, page.upTo(), page.complete());
        });
    }

    static EventStore removingOldEvents(EventStore good) {
        return reading(good, (store, query, options) -> {
            long floor = store.info().head() - 200;
            Page page = store.read(query, options);
            List<StoredEvent> events = page.events().stream()
                    .filter(event -> event.sequence() > floor)
                    .toList();
            return new Page(query, events, page.upTo(), page.complete());
        });
    }

    static EventStore rewritingHistory(EventStore good) {
        return reading(good, (store, query, options) -> {
            Page page = store.read(query, options);
            Instant now = Instant.EPOCH.plusSeconds(store.info().head());
            return new Page(
                    query,
                    page.events().stream()
                            .map(event -> at(event, event.sequence(), now, event.storedAt()))
                            .toList(),
                    page.upTo(),
                    page.complete());
        });
    }

    static EventStore lettingTheClockRunBackwards(EventStore good) {
        return showing(
                good,
                event -> at(
                        event,
                        event.sequence(),
                        event.occurredAt(),
                        event.storedAt().minusSeconds(event.sequence())));
    }

    static EventStore cuttingTimesToTheMillisecond(EventStore good) {
        return showing(
                good,
                event -> at(
                        event, event.sequence(), event.occurredAt().truncatedTo(ChronoUnit.MILLIS), event.storedAt()));
    }

    static EventStore takingTheFirstOfAMoment(EventStore good) {
        return new FaultyStore(good) {
            @Override
            public long sequenceAt(Instant time) {
                long last = store.sequenceAt(time);
                return Math.min(last, store.sequenceAt(time.minusNanos(1_000)) + 1);
            }
        };
    }

    static EventStore cuttingLongData(EventStore good) {
        return showing(
                good,
                event -> withData(
                        event,
                        event.data().substring(0, Math.min(65_536, event.data().length()))));
    }

    static EventStore tidyingJson(EventStore good) {
        return showing(good, event -> withData(event, event.data().replace(" ", "")));
    }

    private static StoredEvent at(StoredEvent event, long sequence, Instant occurredAt, Instant storedAt) {
        return new StoredEvent(
                sequence,
                event.type(),
                event.version(),
                event.tags(),
                event.data(),
                event.metadata(),
                occurredAt,
                storedAt);
    }

    private static StoredEvent withData(StoredEvent event, String data) {
        return new StoredEvent(
                event.sequence(),
                event.type(),
                event.version(),
                event.tags(),
                data,
                event.metadata(),
                event.occurredAt(),
                event.storedAt());
    }
}
