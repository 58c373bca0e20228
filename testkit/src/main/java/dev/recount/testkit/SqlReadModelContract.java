package dev.recount.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.recount.event.NewEvent;
import dev.recount.event.Tags;
import dev.recount.replay.RowDifference;
import dev.recount.replay.Verification;
import dev.recount.sql.FailurePolicy;
import dev.recount.sql.ReadModelStatus;
import dev.recount.sql.ReadModelStatus.State;
import dev.recount.sql.SqlEventStore;
import dev.recount.store.Append;
import dev.recount.store.LogCheck;
import dev.recount.store.LogProblem;
import dev.recount.store.StoreUnavailable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The promises of a {@link SqlEventStore} about its read models, as tests. Whoever writes one writes one subclass.
 *
 * <p>The contract closes what it opened, after each test. It never skips a test.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@Timeout(300)
public abstract class SqlReadModelContract {

    private static final Duration LONG = Duration.ofMinutes(2);
    private static final String LOG = "gastown";

    private final List<SqlEventStore> opened = new ArrayList<>();

    /** For subclasses. */
    protected SqlReadModelContract() {}

    /** Opens the log of that name with these read models; creates it where there is none. No two tests share logs. */
    protected abstract SqlEventStore open(String log, KeptModels models);

    /** Runs a statement on the tables of a log's read models as other hands would: the store learns nothing of it. */
    protected abstract void tamper(String log, String sql) throws Exception;

    /** Looks through all that is stored, read models too. */
    protected abstract LogCheck check(SqlEventStore store);

    @AfterEach
    final void closeAll() {
        opened.forEach(SqlEventStore::close);
    }

    private SqlEventStore open(KeptModels models) {
        SqlEventStore store = open(LOG, models);
        opened.add(store);
        return store;
    }

    private static NewEvent event(String type, String... beads) {
        return NewEvent.of(type, "{}")
                .withTags(Tags.parse(
                        List.of(beads).stream().map(bead -> "bead:" + bead).toList()));
    }

    private static long append(SqlEventStore store, NewEvent... events) {
        return store.append(Append.of(List.of(events))).last();
    }

    private static void appendMany(SqlEventStore store, int events, String bead) {
        List<NewEvent> all = new ArrayList<>();
        for (int i = 0; i < events; i++) {
            all.add(event("counted", bead));
        }
        store.append(Append.of(all));
    }

    private static ReadModelStatus status(SqlEventStore store) {
        assertEquals(1, store.readModels().size());
        return store.readModels().get(0);
    }

    @Test
    void an_inline_model_has_an_event_as_soon_as_it_is_appended() {
        TallyModel tally = TallyModel.of(1);
        SqlEventStore store = open(KeptModels.inline(tally));

        appendMany(store, 3, "1");
        append(store, event("opened", "1"), event("opened", "2"));

        assertEquals(Map.of("1", 4L, "2", 1L), tally.rows(store));
        assertEquals(1, store.query("SELECT id FROM tally_busy").size());
        assertEquals(State.CURRENT, status(store).state());
        assertEquals(5, status(store).checkpoint());
        assertEquals(ReadModelStatus.Mode.INLINE, status(store).mode().orElseThrow());
    }

    @Test
    void an_inline_model_that_throws_leaves_neither_events_nor_rows() {
        TallyModel tally = TallyModel.of(1);
        SqlEventStore store = open(KeptModels.inline(tally));
        append(store, event("opened", "1"));

        IllegalStateException thrown = assertThrows(
                IllegalStateException.class, () -> append(store, event("closed", "1"), event("poison", "1")));

        assertEquals("cannot be applied", thrown.getMessage());
        assertEquals(1, store.info().head());
        assertEquals(Map.of("1", 1L), tally.rows(store));
        append(store, event("closed", "1"));
        assertEquals(Map.of("1", 2L), tally.rows(store));
    }

    @Test
    void an_async_model_follows_with_its_checkpoint() throws Exception {
        TallyModel tally = TallyModel.of(1);
        SqlEventStore store = open(KeptModels.async(tally));

        appendMany(store, 1_200, "1");
        assertTrue(store.awaitApplied("tally", 1_200, LONG));
        assertEquals(Map.of("1", 1_200L), tally.rows(store));

        append(store, event("opened", "2"));
        assertTrue(store.awaitApplied("tally", 1_201, LONG));
        assertEquals(Map.of("1", 1_200L, "2", 1L), tally.rows(store));
        assertEquals(1_201, status(store).checkpoint());
        assertEquals(ReadModelStatus.Mode.ASYNC, status(store).mode().orElseThrow());
        assertFalse(store.awaitApplied("tally", 1_202, Duration.ofMillis(20)));
        assertThrows(IllegalArgumentException.class, () -> store.awaitApplied("unknown", 1, LONG));
    }

    @Test
    void two_stores_that_keep_the_same_async_model_apply_each_event_once() throws Exception {
        TallyModel tally = TallyModel.of(1);
        SqlEventStore one = open(KeptModels.async(tally));
        SqlEventStore other = open(KeptModels.async(tally));

        for (int i = 0; i < 40; i++) {
            appendMany(i % 2 == 0 ? one : other, 5, "1");
        }

        assertTrue(one.awaitApplied("tally", 200, LONG));
        assertTrue(other.awaitApplied("tally", 200, LONG));
        assertEquals(Map.of("1", 200L), tally.rows(one));
        assertEquals(200, tally.changes(other));
    }

    @Test
    void what_was_appended_without_the_model_is_taken_in_first() throws Exception {
        TallyModel tally = TallyModel.of(1);
        SqlEventStore with = open(KeptModels.inline(tally));
        SqlEventStore without = open(KeptModels.none());
        append(with, event("opened", "1"));
        appendMany(without, 1_001, "1");

        append(with, event("closed", "1"));

        assertEquals(Map.of("1", 1_003L), tally.rows(with));
        with.close();
        append(without, event("opened", "2"));
        SqlEventStore async = open(KeptModels.async(tally));
        assertTrue(async.awaitApplied("tally", 1_004, LONG));
        assertEquals(Map.of("1", 1_003L, "2", 1L), tally.rows(async));
    }

    @Test
    void another_version_is_built_from_the_first_event_and_put_in_the_place_of_the_old_one() {
        SqlEventStore old = open(KeptModels.inline(TallyModel.of(1)));
        appendMany(old, 1_001, "1");

        SqlEventStore next = open(KeptModels.inline(TallyModel.of(10)));

        assertEquals(Map.of("1", 10_010L), TallyModel.of(10).rows(next));
        assertEquals(10, status(next).version());
        assertEquals(1, next.query("SELECT id FROM tally_busy").size());
        StoreUnavailable refused = assertThrows(StoreUnavailable.class, () -> append(old, event("opened", "1")));
        assertTrue(String.valueOf(refused.getMessage()).contains("version 10 by now"), refused.toString());
        append(next, event("opened", "1"));
        assertEquals(Map.of("1", 10_020L), TallyModel.of(10).rows(next));
        next.close();
        assertEquals(Map.of("1", 1_002L), TallyModel.of(1).rows(open(KeptModels.inline(TallyModel.of(1)))));
    }

    @Test
    void a_rebuild_gives_what_the_events_say_and_leaves_nothing_behind() throws Exception {
        TallyModel tally = TallyModel.of(1);
        SqlEventStore store = open(KeptModels.inline(tally));
        appendMany(store, 600, "1");
        tamper(LOG, "UPDATE tally_bead SET events = 7");
        assertEquals(Map.of("1", 7L), tally.rows(store));

        store.rebuild("tally");
        store.rebuild("tally");

        assertEquals(Map.of("1", 600L), tally.rows(store));
        append(store, event("opened", "1"));
        assertEquals(Map.of("1", 601L), tally.rows(store));
        assertTrue(store.verify().get(0).isEqual(), store.verify().get(0).report());
        assertThrows(IllegalArgumentException.class, () -> store.rebuild("unknown"));
    }

    @Test
    void a_model_that_stops_keeps_its_tables_while_appends_go_on_and_resumes_once_it_is_mended() {
        TallyModel tally = TallyModel.of(1).with(FailurePolicy.stop());
        SqlEventStore store = open(KeptModels.inline(tally));
        append(store, event("opened", "1"));

        append(store, event("poison", "1"), event("opened", "2"));
        append(store, event("opened", "3"));

        assertEquals(4, store.info().head());
        assertEquals(Map.of("1", 1L), tally.rows(store));
        assertEquals(State.STOPPED, status(store).state());
        assertEquals(2, status(store).failures().get(0).sequence());
        assertTrue(status(store).failures().get(0).cause().contains("cannot be applied"));
        assertThrows(IllegalStateException.class, () -> store.awaitApplied("tally", 4, LONG));
        assertFalse(store.resume("tally"));
        store.close();

        SqlEventStore mended = open(KeptModels.inline(tally.mended()));
        assertTrue(mended.resume("tally"));
        assertEquals(Map.of("1", 2L, "2", 1L, "3", 1L), tally.rows(mended));
        assertEquals(State.CURRENT, status(mended).state());
    }

    @Test
    void quarantine_leaves_out_what_failed_and_nothing_else_until_it_is_resumed() throws Exception {
        TallyModel tally = TallyModel.of(1).with(FailurePolicy.quarantine("bead"));
        for (KeptModels kept : List.of(KeptModels.inline(tally), KeptModels.async(tally))) {
            String log = "quarantine-" + kept.inline().size();
            SqlEventStore store = open(log, kept);
            opened.add(store);
            append(store, event("opened", "1"), event("opened", "2"));
            long last = append(store, event("poison", "1"), event("opened", "1"), event("opened", "2"));

            assertTrue(store.awaitApplied("tally", last, LONG));
            assertEquals(Map.of("1", 1L, "2", 2L), tally.rows(store));
            ReadModelStatus.Failure failure = status(store).failures().get(0);
            assertEquals("bead:1", failure.tag().orElseThrow());
            assertEquals(List.of(3L, 2L), List.of(failure.sequence(), failure.leftOut()));
            assertTrue(store.verify().get(0).isEqual(), store.verify().get(0).report());
            store.close();

            KeptModels mendedModels = new KeptModels(List.of(tally.mended()), List.of(), kept.judge());
            SqlEventStore mended = open(log, mendedModels);
            opened.add(mended);
            assertTrue(mended.resume("tally"));
            assertEquals(Map.of("1", 3L, "2", 2L), tally.rows(mended));
            assertEquals(List.of(), status(mended).failures());
        }
    }

    @Test
    void a_build_that_cannot_apply_an_event_stops_beside_the_live_tables() {
        TallyModel mended = TallyModel.of(1).mended();
        SqlEventStore old = open(KeptModels.inline(mended));
        appendMany(old, 3, "1");
        append(old, event("poison", "1"));

        SqlEventStore next = open(KeptModels.inline(TallyModel.of(2)));

        assertEquals(State.STOPPED, status(next).state());
        assertEquals(1, status(next).version());
        assertTrue(status(next).failures().get(0).ofBuild());
        assertEquals(Map.of("1", 4L), mended.rows(next));
        append(old, event("opened", "1"));
        assertEquals(Map.of("1", 5L), mended.rows(old));
        next.close();
        SqlEventStore last = open(KeptModels.inline(TallyModel.of(2).mended()));
        assertTrue(last.resume("tally"));
        assertEquals(Map.of("1", 10L), mended.rows(last));
    }

    @Test
    void a_build_is_compared_with_the_live_tables_before_it_takes_their_place_and_may_be_refused() throws Exception {
        TallyModel tally = TallyModel.of(1);
        List<Verification> asked = new ArrayList<>();
        KeptModels careful = KeptModels.inline(tally).askedBeforeSwap(compared -> {
            asked.add(compared);
            if (!compared.isEqual()) {
                throw new IllegalStateException(compared.report());
            }
        });
        SqlEventStore store = open(careful);
        appendMany(store, 3, "1");
        assertEquals(List.of(), asked);
        store.rebuild("tally");
        assertEquals(1, asked.size());
        tamper(LOG, "UPDATE tally_bead SET events = 7");

        assertThrows(IllegalStateException.class, () -> store.rebuild("tally"));

        RowDifference difference = asked.get(1).differences().get(0);
        assertEquals("tally_bead:1", difference.key());
        assertEquals(Map.of("1", 7L), tally.rows(store));
        assertEquals(State.STOPPED, status(store).state());
        store.close();
        SqlEventStore careless = open(KeptModels.inline(tally));
        assertTrue(careless.resume("tally"));
        assertEquals(Map.of("1", 3L), tally.rows(careless));
    }

    @Test
    void a_verification_names_row_field_and_last_event() throws Exception {
        TallyModel tally = TallyModel.of(1);
        SqlEventStore store = open(KeptModels.inline(tally));
        append(store, event("opened", "1"), event("opened", "2"), event("closed", "1"));
        Verification equal = store.verify(tally);
        assertTrue(equal.isEqual(), equal.report());
        assertEquals(List.of(3L, 5L), List.of(equal.sequence(), equal.compared()));

        tamper(LOG, "UPDATE tally_bead SET last_type = 'torn' WHERE id = '1'");
        tamper(LOG, "DELETE FROM tally_change WHERE sequence = 2");
        tamper(LOG, "INSERT INTO tally_bead VALUES ('9', 1, NULL)");
        append(store, event("opened", "3"));

        assertEquals(
                List.of(
                        "tally_bead:1 differs in [last_type: live torn, replayed closed] (last event 3)",
                        "tally_bead:9 is extra (last event 0)",
                        "tally_change:2/2 is missing (last event 2)"),
                store.verify(tally).differences().stream()
                        .map(SqlReadModelContract::told)
                        .toList());
        assertThrows(IllegalArgumentException.class, () -> store.verify(TallyModel.of(2)));
        assertThrows(IllegalArgumentException.class, () -> store.verify(TallyModel.of("other", 1)));
        store.rebuild("tally");
        assertTrue(store.verify(tally).isEqual());
    }

    private static String told(RowDifference difference) {
        String what = difference.kind() == RowDifference.Kind.CHANGED
                ? "differs in " + difference.fields()
                : "is " + difference.kind().name().toLowerCase(Locale.ROOT);
        return difference.key() + " " + what + " (last event " + difference.lastSequence() + ")";
    }

    @Test
    void a_model_that_nobody_keeps_can_be_withdrawn() {
        SqlEventStore with = open(KeptModels.inline(TallyModel.of(1), TallyModel.of("second", 1)));
        append(with, event("opened", "1"));
        assertThrows(IllegalArgumentException.class, () -> with.withdraw("tally"));
        with.close();

        SqlEventStore without = open(KeptModels.inline(TallyModel.of("second", 1)));
        without.withdraw("tally");

        assertEquals("second", status(without).name());
        assertEquals(Map.of("1", 1L), TallyModel.of("second", 1).rows(without));
        assertThrows(IllegalArgumentException.class, () -> without.query("SELECT id FROM tally_bead"));
        assertThrows(IllegalArgumentException.class, () -> without.withdraw("tally"));
    }

    @Test
    void logs_do_not_see_each_others_tables() {
        TallyModel tally = TallyModel.of(1);
        SqlEventStore one = open(KeptModels.inline(tally));
        SqlEventStore other = open("other", KeptModels.inline(TallyModel.of(10)));
        opened.add(other);
        append(one, event("opened", "1"));
        append(other, event("opened", "2"));

        assertEquals(Map.of("1", 1L), tally.rows(one));
        assertEquals(Map.of("2", 10L), tally.rows(other));
        assertEquals(
                List.of(1, 10), List.of(status(one).version(), status(other).version()));
    }

    @Test
    void a_check_finds_what_a_read_model_cannot_have_what_it_has_lost_and_what_failed_in_it() throws Exception {
        TallyModel tally = TallyModel.of(1).with(FailurePolicy.stop());
        SqlEventStore store = open(KeptModels.inline(tally));
        append(store, event("opened", "1"));
        assertEquals(List.of(), check(store).problems());

        tamper(LOG, "UPDATE recount_read_models SET checkpoint = 7");
        requireProblem(store, 0, "'tally' claims to have everything up to sequence 7");
        tamper(LOG, "UPDATE recount_read_models SET checkpoint = 1");
        tamper(LOG, "DROP VIEW tally_busy");
        requireProblem(store, 0, "'tally' has lost its view 'tally_busy'");
        store.rebuild("tally");
        assertEquals(List.of(), check(store).problems());
        append(store, event("poison", "1"));
        requireProblem(store, 2, "'tally' stopped there: ");
    }

    private void requireProblem(SqlEventStore store, long sequence, String reason) {
        LogCheck check = check(store);
        assertEquals(1, check.problemCount(), check.toString());
        LogProblem problem = check.problems().get(0);
        assertEquals(List.of(sequence, "readModel"), List.of(problem.sequence(), problem.kind()));
        assertTrue(problem.reason().contains(reason), problem.reason());
    }

    @Test
    void a_query_changes_nothing_and_is_one_statement() {
        SqlEventStore store = open(KeptModels.inline(TallyModel.of(1)));
        append(store, event("opened", "1"));

        for (String sql : List.of(
                "DELETE FROM tally_bead",
                "WITH x AS (SELECT 1) INSERT INTO tally_bead SELECT 'x', 1, NULL FROM x",
                "SELECT nothing FROM nowhere")) {
            assertThrows(RuntimeException.class, () -> store.query(sql), sql);
        }
        assertEquals(
                1, store.query("SELECT id FROM tally_bead WHERE id = ?", "1").size());
        assertThrows(IllegalArgumentException.class, () -> store.query("SELECT 1 WHERE 1 = ?", 1, 2));
    }

    @Test
    void live_tables_are_what_a_replay_gives_after_random_histories() throws Exception {
        for (long seed = 1; seed <= 2; seed++) {
            new RandomModels(seed, opening -> open("random-" + opening.seed(), opening.kept())).run();
        }
    }
}
