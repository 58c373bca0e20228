package dev.recount.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.recount.store.Append;
import dev.recount.store.AppendCondition;
import dev.recount.store.Appended;
import dev.recount.store.EventStore;
import dev.recount.store.Page;
import dev.recount.store.Query;
import dev.recount.store.ReadOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.opentest4j.AssertionFailedError;

/**
 * Many callers append in the same moment, so a store that commits those together who wait together does so here. Whatever it
 * does, the log must be one that the same appends could have made one after the other.
 */
abstract class GroupedAppendsSuite extends ContractSuite {

    private static final int CALLERS = 32;
    private static final int ROUNDS = 12;

    GroupedAppendsSuite(EventStoreContract contract) {
        super(contract);
    }

    @Test
    void a_mix_of_everything_passes_the_audit() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        EventStore another = openAnother();
        List<AppendAttempt> attempts = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            clock.move(Duration.ofSeconds(random.nextInt(2_000) - 900));
            RandomAppends appends =
                    new RandomAppends(random, round, store.info().head());
            attempts.addAll(
                    atOnce(IntStream.range(0, CALLERS).mapToObj(appends::next).toList(), store, another));
        }

        try {
            new AppendAudit(readAll(), attempts).requireSound(store);
        } catch (AssertionError e) {
            throw new AssertionFailedError("Seed " + seed + ": " + e.getMessage(), e);
        }
    }

    @Test
    void of_many_that_exclude_each_other_one_is_stored_and_the_others_are_told_by_which() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            AppendCondition unchanged = unchanged(Query.tagged("bead", "1"));
            List<AppendAttempt> attempts = atOnce(rivals(round, unchanged), store);

            assertEquals(1, attempts.stream().filter(AppendAttempt::isStored).count(), "stored in round " + round);
            assertEquals(round + 1, store.info().head());
            new AppendAudit(readAll(), attempts, round).requireSound(store);
        }
    }

    @Test
    void a_refused_append_harms_none_of_those_beside_it() throws Exception {
        append(event("created", "bead:1"));
        AppendCondition failed = AppendCondition.noneMatching(Query.tagged("bead", "1"));
        AppendCondition ofAnotherLog = AppendCondition.noneMatching(Query.all()).after(1_000_000);
        List<Append> appends = new ArrayList<>();
        for (int i = 0; i < CALLERS; i++) {
            Append append = Append.of(numbered(1 + i % 3, "caller:" + i));
            appends.add(i % 4 == 0 ? append.when(failed) : i % 4 == 1 ? append.when(ofAnotherLog) : append);
        }

        List<AppendAttempt> attempts = atOnce(appends, store);

        assertEquals(
                CALLERS / 2, attempts.stream().filter(AppendAttempt::isStored).count());
        new AppendAudit(readAll(), attempts, 1).requireSound(store);
    }

    @Test
    void of_many_with_the_same_receipt_one_is_stored_and_the_others_are_told_its_outcome() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            String key = "command-" + round;
            List<Append> appends = new ArrayList<>();
            for (int i = 0; i < CALLERS; i++) {
                appends.add(Append.of(numbered(2, "caller:" + i, "round:" + round))
                        .withReceiptFor(key, i % 8 == 7 ? "something else" : "hook"));
            }
            List<AppendAttempt> attempts = atOnce(appends, store);

            assertEquals(2L * (round + 1), store.info().head());
            assertTrue(
                    attempts.stream().filter(AppendAttempt::isRepeated).count() >= CALLERS / 8 - 1,
                    "those with the same content as the first must be told its outcome");
            new AppendAudit(readAll(), attempts, 2L * round).requireSound(store);
        }
    }

    @Test
    void every_caller_is_told_of_its_own_append_and_of_no_other() throws Exception {
        List<Callable<Appended>> callers = IntStream.rangeClosed(1, CALLERS)
                .<Callable<Appended>>mapToObj(caller ->
                        () -> store.append(Append.of(numbered(1 + caller % 3, "caller:" + caller))))
                .toList();

        List<Appended> outcomes = Threads.together(callers);

        for (int caller = 1; caller <= CALLERS; caller++) {
            Appended outcome = outcomes.get(caller - 1);
            List<Long> own = sequences(readAll(Query.tagged("caller", String.valueOf(caller))));
            assertEquals(own.get(0), outcome.first());
            assertEquals(own.get(own.size() - 1), outcome.last());
            assertEquals(own.size(), outcome.count());
        }
    }

    private static List<Append> rivals(int round, AppendCondition condition) {
        return IntStream.range(0, CALLERS)
                .mapToObj(caller -> Append.of(List.of(event("closed", "bead:1", "by:" + round + "-" + caller)))
                        .when(condition))
                .toList();
    }

    private AppendCondition unchanged(Query query) {
        Page page = store.read(query, ReadOptions.defaults().newestFirst().withLimit(1));
        return page.unchanged();
    }

    private static List<AppendAttempt> atOnce(List<Append> appends, EventStore... targets) throws Exception {
        List<Callable<AppendAttempt>> callers = new ArrayList<>();
        for (int i = 0; i < appends.size(); i++) {
            Append append = appends.get(i);
            EventStore target = targets[i % targets.length];
            callers.add(() -> AppendAttempt.of(append, target));
        }
        return Threads.together(callers);
    }
}
