package dev.recount.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.recount.store.Append;
import dev.recount.store.AppendCondition;
import dev.recount.store.AppendConditionFailed;
import dev.recount.store.Appended;
import dev.recount.store.EventStore;
import dev.recount.store.Page;
import dev.recount.store.Query;
import dev.recount.store.ReadOptions;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** "Fail if anything that matches this query was stored after that sequence." */
abstract class ConditionSuite extends ContractSuite {

    private static final Query BEAD_1 = Query.tagged("bead", "1");

    ConditionSuite(EventStoreContract contract) {
        super(contract);
    }

    @Test
    void an_append_succeeds_where_nothing_matches_its_condition() {
        append(event("created", "bead:2"));

        Appended outcome = store.append(closed().when(AppendCondition.noneMatching(BEAD_1)));

        assertEquals(2, outcome.first());
    }

    @Test
    void an_append_fails_where_something_matches_its_condition() {
        append(event("created", "bead:1"));

        refused(closed().when(AppendCondition.noneMatching(BEAD_1)));
    }

    @Test
    void what_was_stored_up_to_the_sequence_of_the_condition_does_not_count() {
        long read = append(event("created", "bead:1")).last();

        store.append(closed().when(AppendCondition.noneMatching(BEAD_1).after(read)));

        assertEquals(2, store.info().head());
    }

    @Test
    void what_was_stored_just_after_the_sequence_of_the_condition_counts() {
        append(event("created", "bead:1"));
        append(event("hooked", "bead:1"));

        refused(closed().when(AppendCondition.noneMatching(BEAD_1).after(1)));
    }

    @Test
    void a_failure_names_the_first_conflicting_event_and_what_to_do() {
        append(event("created", "bead:1"), event("bead.closed", "bead:1", "agent:toast"), event("opened", "bead:1"));
        AppendCondition condition = AppendCondition.noneMatching(BEAD_1).after(1);

        AppendConditionFailed failure = refused(closed().when(condition));

        assertEquals(condition, failure.condition());
        assertEquals(2, failure.conflicting().sequence());
        assertEquals(
                "Append rejected: bead.closed tagged agent:toast bead:1 was stored at sequence 2, after 1 which this"
                        + " decision read. Read again and decide again.",
                failure.getMessage());
    }

    @Test
    void an_unchanged_page_is_a_condition_that_holds_until_something_matching_is_stored() {
        append(event("created", "bead:1"));
        append(event("created", "bead:2"));
        Page page = store.read(BEAD_1, ReadOptions.defaults());

        append(event("hooked", "bead:2"));
        store.append(closed().when(page.unchanged()));
        append(event("opened", "bead:1"));

        refused(closed().when(page.unchanged()));
    }

    @Test
    void the_events_of_an_append_do_not_conflict_with_its_own_condition() {
        Append append = Append.of(List.of(event("created", "bead:1"), event("hooked", "bead:1")))
                .when(AppendCondition.noneMatching(BEAD_1));

        assertEquals(2, store.append(append).count());
    }

    @Test
    void a_condition_on_several_alternatives_fails_for_each_of_them() {
        Query either = BEAD_1.or(Query.ofTypes("agent.spawned"));
        append(event("created", "bead:2"));
        store.append(Append.of(List.of(event("noted"))).when(AppendCondition.noneMatching(either)));

        append(event("agent.spawned", "agent:toast"));

        refused(closed().when(AppendCondition.noneMatching(either)));
    }

    @Test
    void a_condition_on_a_type_and_a_tag_ignores_events_with_one_of_them() {
        AppendCondition condition = AppendCondition.noneMatching(BEAD_1.and(Query.ofTypes("closed")));
        append(event("created", "bead:1"), event("closed", "bead:2"));

        store.append(closed().when(condition));

        refused(closed().when(condition));
    }

    @Test
    void a_condition_on_all_events_holds_only_at_the_head() {
        AppendCondition atTheStart = AppendCondition.noneMatching(Query.all());
        store.append(closed().when(atTheStart));

        refused(closed().when(atTheStart));
        store.append(closed().when(atTheStart.after(1)));

        assertEquals(2, store.info().head());
    }

    @Test
    void a_condition_sees_what_another_store_on_the_log_has_stored() {
        EventStore another = openAnother();
        Page page = store.read(BEAD_1, ReadOptions.defaults());

        another.append(closed());

        refused(closed().when(page.unchanged()));
    }

    @Test
    void of_many_appends_that_exclude_each_other_exactly_one_succeeds() throws Exception {
        EventStore another = openAnother();
        for (int round = 0; round < 25; round++) {
            AppendCondition condition =
                    store.read(BEAD_1, ReadOptions.defaults().newestFirst()).unchanged();
            List<Callable<Integer>> rivals = IntStream.range(0, 4)
                    .<Callable<Integer>>mapToObj(
                            i -> () -> successes(i % 2 == 0 ? store : another, closed().when(condition)))
                    .toList();

            int successes = Threads.together(rivals).stream()
                    .mapToInt(Integer::intValue)
                    .sum();

            assertEquals(1, successes, "successes in round " + round);
            assertEquals(round + 1, store.info().head());
        }
    }

    private static Append closed() {
        return Append.of(List.of(event("closed", "bead:1")));
    }

    private static int successes(EventStore target, Append append) {
        try {
            target.append(append);
            return 1;
        } catch (AppendConditionFailed e) {
            return 0;
        }
    }

    private AppendConditionFailed refused(Append append) {
        long head = store.info().head();
        AppendConditionFailed failure = assertThrows(AppendConditionFailed.class, () -> store.append(append));
        assertEquals(head, store.info().head(), "A refused append must store nothing");
        return failure;
    }
}
