package dev.recount.store.postgres;

import dev.recount.event.NewEvent;
import dev.recount.event.Tags;
import dev.recount.store.Append;
import dev.recount.store.AppendConditionFailed;
import dev.recount.store.Appended;
import dev.recount.store.EventStore;
import dev.recount.store.Page;
import dev.recount.store.Query;
import dev.recount.store.ReadOptions;
import dev.recount.store.StoreUnavailable;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * Sends commands to a rig one after the other, each until it is acknowledged, with one receipt key. Every other one counts on from the newest
 * number of the rig, under the condition that nobody else has.
 */
final class Caller implements Runnable {

    /** The query that the counting commands decide on. */
    static final Query COUNTER = Query.tagged("counter", "1");

    private final EventStore store;
    private final String name;
    private final Random random;
    private final AtomicBoolean enough;
    private final AtomicInteger acknowledgements;
    private final ConcurrentLinkedQueue<Told> told = new ConcurrentLinkedQueue<>();

    /** What a caller was told of its last attempt at a command. */
    record Told(Append append, Appended outcome) {}

    Caller(EventStore store, String name, long seed, AtomicBoolean enough, AtomicInteger acknowledgements) {
        this.store = store;
        this.name = name;
        this.random = new Random(seed);
        this.enough = enough;
        this.acknowledgements = acknowledgements;
    }

    @Override
    public void run() {
        // One at least, however late its thread comes to run.
        for (int i = 0; i == 0 || !enough.get(); i++) {
            String key = name + "-" + i;
            Told first = i % 2 == 0 ? untilTold(notes(key)) : counted(key);
            told.add(first);
            acknowledgements.incrementAndGet();
            if (random.nextInt(4) == 0) {
                again(first);
            }
        }
    }

    private Append notes(String key) {
        List<NewEvent> events = IntStream.rangeClosed(0, random.nextInt(4))
                .mapToObj(i -> NewEvent.of("noted", "{\"key\":\"" + key + "\",\"number\":" + i + "}")
                        .withTags(Tags.parse(List.of("by:" + name, "key:" + key))))
                .toList();
        return Append.of(events).withReceiptFor(key, key);
    }

    private Told counted(String key) {
        while (true) {
            try {
                Page page =
                        store.read(COUNTER, ReadOptions.defaults().newestFirst().withLimit(1));
                long next = page.events().isEmpty()
                        ? 1
                        : Long.parseLong(page.events().get(0).data()) + 1;
                NewEvent event = NewEvent.of("counted", String.valueOf(next))
                        .withTags(Tags.parse(List.of("counter:1", "key:" + key)));
                return untilTold(
                        Append.of(List.of(event)).when(page.unchanged()).withReceiptFor(key, key));
            } catch (AppendConditionFailed somebodyElseWasFaster) {
                // Reads again and counts on from there.
            } catch (StoreUnavailable away) {
                // Until it is back.
            }
        }
    }

    private Told untilTold(Append append) {
        while (true) {
            try {
                return new Told(append, store.append(append));
            } catch (StoreUnavailable stored) {
                // Or not: the receipt tells.
            }
        }
    }

    // As a caller does that did not hear the answer.
    private void again(Told first) {
        Appended outcome = untilTold(first.append()).outcome();
        if (!outcome.equals(
                new Appended(first.outcome().first(), first.outcome().last(), true))) {
            throw new AssertionError("Told " + first.outcome() + " and then " + outcome + " of "
                    + first.append().receiptKey());
        }
    }

    /** All that was acknowledged until now, in order. */
    List<Told> told() {
        return List.copyOf(told);
    }
}
