package dev.recount.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.recount.event.Metadata;
import dev.recount.event.NewEvent;
import dev.recount.event.StoredEvent;
import dev.recount.event.Tags;
import dev.recount.store.Append;
import dev.recount.store.AppendCondition;
import dev.recount.store.Appended;
import dev.recount.store.EventStore;
import dev.recount.store.EventStoreException;
import dev.recount.store.Page;
import dev.recount.store.Query;
import dev.recount.store.ReadOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.opentest4j.AssertionFailedError;

/** Random operations on a store and on the model; both must answer the same. Not thread-safe. */
final class RandomHistory {

    private static final int STEPS = 120;

    private final long seed;
    private final Random random;
    private final SettableClock clock;
    private final Supplier<EventStore> opening;
    private final ModelLog model = new ModelLog();
    private final List<Append> receipted = new ArrayList<>();

    private EventStore store;

    /** A history that the seed determines, on the empty log that {@code opening} opens, and opens again. */
    RandomHistory(long seed, SettableClock clock, Supplier<EventStore> opening) {
        this.seed = seed;
        this.random = new Random(seed);
        this.clock = clock;
        this.opening = opening;
        this.store = opening.get();
    }

    void run() {
        for (int step = 1; step <= STEPS; step++) {
            try {
                takeStep();
            } catch (AssertionError | EventStoreException | IllegalArgumentException e) {
                throw new AssertionFailedError("Seed " + seed + ", step " + step + ": " + e.getMessage(), e);
            }
        }
    }

    private void takeStep() {
        switch (random.nextInt(12)) {
            case 0 -> clock.move(Duration.ofSeconds(random.nextInt(2000) - 900));
            case 1 -> reopen();
            case 2, 3 -> compareAll(randomQuery(), randomOptions());
            case 4, 5 -> comparePage(randomQuery(), randomOptions());
            case 6 -> repeat();
            default -> append(randomAppend());
        }
        assertEquals(model.head(), store.info().head(), "head");
    }

    private void reopen() {
        store.close();
        store = opening.get();
    }

    private void compareAll(Query query, ReadOptions options) {
        assertSame(model.read(query, options), Pages.readAll(store, query, options), query + ", " + options);
    }

    private void comparePage(Query query, ReadOptions options) {
        String what = query + ", " + options;
        List<StoredEvent> expected = model.read(query, options);
        Page page = store.read(query, options);
        int size = page.events().size();
        assertTrue(size <= Math.min(options.limit(), expected.size()), "too many events: " + what);
        assertSame(expected.subList(0, size), page.events(), what);
        assertEquals(size == expected.size(), page.complete(), "complete: " + what);
        assertEquals(expectedUpTo(page, options), page.upTo(), "upTo: " + what);
    }

    // The first difference only: two whole logs in a message are no help.
    private static void assertSame(List<StoredEvent> expected, List<StoredEvent> actual, String what) {
        for (int i = 0; i < Math.min(expected.size(), actual.size()); i++) {
            assertEquals(expected.get(i), actual.get(i), "event " + i + " of " + what);
        }
        assertEquals(expected.size(), actual.size(), "number of events of " + what);
    }

    private long expectedUpTo(Page page, ReadOptions options) {
        if (!page.complete() && !options.isNewestFirst()) {
            return page.events().get(page.events().size() - 1).sequence();
        }
        return Math.max(options.after(), Math.min(options.until(), model.head()));
    }

    private void repeat() {
        if (!receipted.isEmpty()) {
            append(receipted.get(random.nextInt(receipted.size())));
        }
    }

    private void append(Append append) {
        String expected = outcome(() -> model.append(append, clock.instant()));
        String actual = outcome(() -> store.append(append));
        assertEquals(expected, actual, "append of " + append.events() + " under " + append.condition());
        append.receiptKey().ifPresent(key -> {
            receipted.add(append);
            assertEquals(model.receipt(key), store.receipt(key), "receipt");
        });
    }

    private static String outcome(Supplier<Appended> action) {
        try {
            return action.get().toString();
        } catch (EventStoreException e) {
            return e.toString();
        } catch (IllegalArgumentException e) {
            return "IllegalArgumentException";
        }
    }

    private Append randomAppend() {
        List<NewEvent> events = new ArrayList<>();
        int count = random.nextInt(10) == 0 ? random.nextInt(150) : random.nextInt(4);
        for (int i = 0; i < count; i++) {
            events.add(randomEvent());
        }
        Append append = Append.of(events);
        if (random.nextInt(2) == 0) {
            append = append.when(AppendCondition.noneMatching(randomQuery()).after(nearHead()));
        }
        return random.nextInt(3) == 0 ? append.withReceipt("key" + random.nextInt(12)) : append;
    }

    private NewEvent randomEvent() {
        NewEvent event = NewEvent.of(randomType(), "{\"n\":" + random.nextInt(5) + "}")
                .withTags(randomTags())
                .withVersion(1 + random.nextInt(3));
        if (random.nextInt(3) == 0) {
            event = event.withOccurredAt(clock.instant().minusNanos(random.nextInt()));
        }
        return random.nextInt(3) == 0
                ? event.withMetadata(Metadata.empty().withActor("actor" + random.nextInt(3)))
                : event;
    }

    private String randomType() {
        return List.of("created", "hooked", "closed", "noted").get(random.nextInt(4));
    }

    private Tags randomTags() {
        Tags tags = Tags.none();
        for (int i = random.nextInt(4); i > 0; i--) {
            tags = tags.and(random.nextBoolean() ? "bead" : "agent", String.valueOf(random.nextInt(4)));
        }
        return tags;
    }

    private Query randomQuery() {
        Query query = randomItem();
        for (int i = random.nextInt(3); i > 0; i--) {
            query = query.or(randomItem());
        }
        return query;
    }

    private Query randomItem() {
        return switch (random.nextInt(8)) {
            case 0 -> Query.all();
            case 1 -> Query.none();
            case 2, 3 -> Query.taggedWithAll(randomTags());
            case 4 -> Query.ofTypes(randomType());
            case 5 -> Query.ofTypes(randomType(), randomType());
            default -> Query.taggedWithAll(randomTags()).and(Query.ofTypes(randomType()));
        };
    }

    private ReadOptions randomOptions() {
        ReadOptions options = ReadOptions.defaults().withLimit(1 + random.nextInt(random.nextBoolean() ? 5 : 300));
        if (random.nextBoolean()) {
            options = options.after(random.nextLong(model.head() + 3));
        }
        if (random.nextBoolean()) {
            options = options.until(random.nextLong(model.head() + 3));
        }
        return random.nextBoolean() ? options.newestFirst() : options;
    }

    private long nearHead() {
        return Math.max(0, model.head() - random.nextInt(6) + (random.nextInt(20) == 0 ? 7 : 0));
    }
}
