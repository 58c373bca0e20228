package dev.recount.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.recount.event.StoredEvent;
import dev.recount.store.Append;
import dev.recount.store.AppendCondition;
import dev.recount.store.AppendConditionFailed;
import dev.recount.store.Appended;
import dev.recount.store.EventStore;
import dev.recount.store.Page;
import dev.recount.store.Query;
import dev.recount.store.ReadOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Many writers and readers at once; what was promised is audited from the log itself. */
abstract class ConcurrencySuite extends ContractSuite {

    private static final int WRITERS = 4;
    private static final int APPENDS_EACH = 60;
    private static final String END = "end";

    private record Acknowledged(Appended outcome, AppendCondition condition) {}

    ConcurrencySuite(EventStoreContract contract) {
        super(contract);
    }

    @Test
    void no_condition_is_violated_and_no_acknowledged_append_is_missing() throws Exception {
        List<Acknowledged> acknowledged = write(store, openAnother());

        List<StoredEvent> log = readAll();
        assertEquals(
                log.size(),
                acknowledged.stream().mapToInt(each -> each.outcome.count()).sum(),
                "events in the log");
        for (Acknowledged each : acknowledged) {
            auditBatch(each.outcome, log);
            auditCondition(each, log);
        }
    }

    @Test
    void readers_that_tail_the_log_see_every_sequence_in_order_and_once() throws Exception {
        EventStore another = openAnother();
        List<Threads.Running<List<Long>>> readers = List.of(
                Threads.start(() -> tail(store, 3)),
                Threads.start(() -> tail(another, 500)),
                Threads.start(() -> tail(another, 1)));

        write(store, another);
        long end = append(event(END)).last();

        List<Long> expected = LongStream.rangeClosed(1, end).boxed().toList();
        for (Threads.Running<List<Long>> reader : readers) {
            assertEquals(expected, reader.result(60));
        }
    }

    @Test
    void the_head_never_goes_back_for_any_reader() throws Exception {
        EventStore another = openAnother();
        Threads.Running<Integer> reader = Threads.start(() -> {
            long head = 0;
            int looks = 0;
            while (head < 200) {
                long now = (looks++ % 2 == 0 ? store : another).info().head();
                assertTrue(now >= head, "head " + now + " after " + head);
                head = now;
            }
            return looks;
        });

        for (int i = 0; i < 100; i++) {
            append(numbered(2));
        }

        assertTrue(reader.result(60) > 0);
    }

    private List<Acknowledged> write(EventStore first, EventStore second) throws Exception {
        CyclicBarrier everyoneHasRead = new CyclicBarrier(WRITERS);
        List<Callable<List<Acknowledged>>> writers = new ArrayList<>();
        for (int i = 0; i < WRITERS; i++) {
            int writer = i;
            writers.add(() -> write(writer % 2 == 0 ? first : second, new Random(writer), everyoneHasRead));
        }
        return Threads.together(writers).stream().flatMap(List::stream).toList();
    }

    private List<Acknowledged> write(EventStore target, Random random, CyclicBarrier everyoneHasRead) throws Exception {
        List<Acknowledged> acknowledged = new ArrayList<>();
        for (int i = 0; i < APPENDS_EACH; i++) {
            String bead = String.valueOf(random.nextInt(3));
            Query query = random.nextInt(10) == 0 ? Query.all() : Query.tagged("bead", bead);
            Page page = target.read(query, ReadOptions.defaults().newestFirst().withLimit(1));
            Append append =
                    Append.of(numbered(1 + random.nextInt(3), "bead:" + bead)).when(page.unchanged());
            everyoneHasRead.await(patience().toSeconds(), TimeUnit.SECONDS);
            outcome(target, append).ifPresent(done -> acknowledged.add(new Acknowledged(done, append.condition())));
        }
        return acknowledged;
    }

    private static Optional<Appended> outcome(EventStore target, Append append) {
        try {
            return Optional.of(target.append(append));
        } catch (AppendConditionFailed e) {
            return Optional.empty();
        }
    }

    private static void auditBatch(Appended outcome, List<StoredEvent> log) {
        for (int i = 0; i < outcome.count(); i++) {
            StoredEvent stored = log.get(Math.toIntExact(outcome.first() + i - 1));
            assertEquals(outcome.first() + i, stored.sequence());
            assertEquals("{\"number\":" + (i + 1) + "}", stored.data(), "event " + i + " of " + outcome);
        }
    }

    private static void auditCondition(Acknowledged append, List<StoredEvent> log) {
        for (long between = append.condition.after() + 1; between < append.outcome.first(); between++) {
            StoredEvent stored = log.get(Math.toIntExact(between - 1));
            assertTrue(
                    !append.condition.query().matches(stored),
                    () -> append.outcome + " was stored although its condition (" + append.condition
                            + ") had failed by " + stored);
        }
    }

    private List<Long> tail(EventStore target, int limit) throws InterruptedException {
        List<Long> seen = new ArrayList<>();
        long checkpoint = 0;
        while (target.awaitAfter(checkpoint, patience())) {
            Page page = target.read(
                    Query.all(), ReadOptions.defaults().after(checkpoint).withLimit(limit));
            seen.addAll(sequences(page.events()));
            checkpoint = page.upTo();
            if (types(page.events()).contains(END)) {
                return seen;
            }
        }
        return seen;
    }
}
