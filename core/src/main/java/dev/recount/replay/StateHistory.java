package dev.recount.replay;

import dev.recount.codec.EventCodec;
import dev.recount.decider.Projector;
import dev.recount.internal.LogSnapshots;
import dev.recount.internal.StartingState;
import dev.recount.snapshot.Snapshots;
import dev.recount.store.EventStore;
import dev.recount.store.Query;
import dev.recount.store.ReadOptions;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What a state was in the course of its log: what changed between two moments, which event made a value what it is, where it went
 * wrong, and whether a live model is what its events say.
 *
 * <pre>{@code
 * StateHistory<Map<String, String>, SeatEvent> plans = log.history(new SeatPlan(), rows);
 *
 * StateDiff since = plans.diff(log.store().sequenceAt(tuesday), log.store().info().head());
 * Blame whoTookIt = plans.matching(Query.tagged("seat", "12A")).blame("12A", "guest");
 * OptionalLong full = plans.bisect(plan -> plan.size() == 2);
 * }</pre>
 *
 * <p>A moment is a sequence; {@link EventStore#sequenceAt} gives that of a time. It reads up to the head that the log has when it is
 * asked. Events that cannot be decoded are left out, and counted where the answer says so.
 *
 * <p>Immutable and thread-safe: the methods that configure it give another history. Every answer fails with
 * {@link IllegalStateException} where a projector fails, which it must not, and with {@link CancellationException} where its thread is
 * interrupted.
 *
 * @param <S> the state
 * @param <E> the events
 */
public final class StateHistory<S, E> {

    private final Course<S, E> course;
    private final StateRows<S> rows;
    private final String name;
    private final @Nullable Snapshots<S> snapshots;

    private StateHistory(Course<S, E> course, StateRows<S> rows, String name, @Nullable Snapshots<S> snapshots) {
        this.course = course;
        this.rows = rows;
        this.name = name;
        this.snapshots = snapshots;
    }

    /** The history of what a projector makes of a log. */
    public static <S, E> StateHistory<S, E> of(
            EventStore store, EventCodec<E> codec, Projector<S, E> projector, StateRows<S> rows) {
        return new StateHistory<>(
                new Course<>(store, codec, projector, Query.all(), progress -> {}), rows, "the state", null);
    }

    /** With a name for the model in what {@link #verify} reports. */
    public StateHistory<S, E> named(String newName) {
        return new StateHistory<>(course, rows, newName, snapshots);
    }

    /**
     * Only events that this query finds. Where a row depends on the events with one tag alone, its blame reads those and no others.
     */
    public StateHistory<S, E> matching(Query query) {
        Course<S, E> c = course;
        return with(new Course<>(c.store(), c.codec(), c.projector(), query, c.progress()));
    }

    /**
     * Keeps the state at every multiple of the snapshots' interval that it comes by, and starts from the newest of them before a moment
     * instead of from zero. The answers are the same. {@link #diff} and {@link #lastChange} use them; {@link #verify} trusts none.
     *
     * <p>All of them are kept, so choose an interval at which they fit: a log of a million events has a hundred at every 10,000. Past an
     * event that cannot be decoded none is.
     */
    public StateHistory<S, E> withSnapshots(Snapshots<S> kept) {
        return new StateHistory<>(course, rows, name, kept);
    }

    /** Tells how far it has got, after each page, on the thread that asked. */
    public StateHistory<S, E> reportingTo(Consumer<ReplayProgress> progress) {
        Course<S, E> c = course;
        return with(new Course<>(c.store(), c.codec(), c.projector(), c.query(), progress));
    }

    /**
     * What became of the state between two sequences; up to the head where the log ends before one. The second may be the earlier one.
     *
     * @throws IllegalArgumentException where one is below 0
     */
    public StateDiff diff(long from, long to) {
        long before = inLog(from);
        long after = inLog(to);
        Milestones<S, E> milestones = milestones();
        Milestones.Reached<S> first = milestones.at(Math.min(before, after));
        Milestones.Reached<S> newest = milestones.newest(Math.max(before, after));
        boolean nearer = newest.at().sequence() > first.at().sequence();
        Milestones.Reached<S> last = milestones.onward(nearer ? newest : first, Math.max(before, after));
        S one = first.at().state();
        S other = last.at().state();
        return new StateDiff(
                before, after, last.skipped(), before <= after ? rows.changes(one, other) : rows.changes(other, one));
    }

    /** Every event that changed a row. As {@link #blame(String, String)}. */
    public Blame blame(String key) {
        return blamed(key, null);
    }

    /**
     * Every event that changed one value. It looks at the row after each event, since a value may change and change back: for a long log
     * narrow it with {@link #matching}, or ask for the {@link #lastChange} only.
     */
    public Blame blame(String key, String field) {
        return blamed(key, field);
    }

    /** The last event that changed a row. As {@link #lastChange(String, String)}. */
    public Optional<ValueChange> lastChange(String key) {
        return lastChanged(key, null);
    }

    /**
     * The last event that changed one value, the one that made it what it is; empty where none did. With snapshots it reads the log
     * backwards from one to the one before, and no further than to that event.
     */
    public Optional<ValueChange> lastChange(String key, String field) {
        return lastChanged(key, field);
    }

    /**
     * The first sequence after which something holds of the state; 0 where it does before the first event, empty where it never does. It
     * tests the state after every event. Where what you look for, once true, stays true, halving with
     * {@link Replay#until(long)} gets there with fewer tests.
     */
    public OptionalLong bisect(Predicate<? super S> test) {
        StartingState<S> beginning = course.beginning();
        if (test.test(beginning.state())) {
            return OptionalLong.of(0);
        }
        Found<Long> found = new Found<>();
        new StateWalk<>(course, beginning, head())
                .run((event, after) -> !test.test(after) || found.isNow(event.sequence()));
        return found.get().map(OptionalLong::of).orElseGet(OptionalLong::empty);
    }

    /**
     * Where another projector parts from this one: the first sequence after which a row differs that still differs at the head. Empty
     * where both end in the same rows, whatever they were on the way.
     *
     * <p>It reads the log twice: once to its end, and once up to where they part, when it looks at the rows that differ in the end; at the
     * first 1,000 of them where there are more.
     */
    public Optional<Parting> bisect(Projector<S, E> other) {
        return new Bisection<>(course, other, rows).run(head());
    }

    /**
     * Whether a live state is what the events up to a sequence make of it: rebuilds it from the start of the log and compares all rows.
     * No snapshot is used.
     *
     * <p>Where rows differ, it goes through the log once more, to find the last event that changed each of the first 1,000 of them. For the
     * others {@link RowDifference#lastSequence} is {@link RowDifference#NOT_LOOKED_FOR}.
     *
     * @param live the state of the live model
     * @param sequence the sequence up to which the live model has applied the log
     * @throws IllegalArgumentException where the log has no such sequence
     */
    public Verification verify(S live, long sequence) {
        return new StateVerification<>(course, rows, name).run(live, requireInLog(sequence));
    }

    private Blame blamed(String key, @Nullable String field) {
        StartingState<S> beginning = course.beginning();
        long until = head();
        ChangesOfValue<S> value = new ChangesOfValue<>(rows, key, field, beginning.state());
        StateWalk<S, E> walk = new StateWalk<>(course, beginning, until).run(value::see);
        return new Blame(key, field, until, value.now(), walk.skipped(), value.changes());
    }

    private Optional<ValueChange> lastChanged(String key, @Nullable String field) {
        Milestones<S, E> milestones = milestones();
        long until = head();
        if (milestones.areKept()) {
            milestones.at(until);
        }
        Optional<ValueChange> last = Optional.empty();
        while (last.isEmpty() && until > 0) {
            StartingState<S> start = milestones.newest(until - 1).at();
            ChangesOfValue<S> value = new ChangesOfValue<>(rows, key, field, start.state());
            new StateWalk<>(course, start, until).run(value::see);
            last = value.last();
            until = start.sequence();
        }
        return last;
    }

    private Milestones<S, E> milestones() {
        return new Milestones<>(course, snapshots == null ? null : new LogSnapshots<>(course.store(), snapshots));
    }

    private long head() {
        return course.store().info().head();
    }

    private long inLog(long sequence) {
        return Math.min(head(), ReadOptions.defaults().until(sequence).until());
    }

    private long requireInLog(long sequence) {
        long head = head();
        if (sequence < 0 || sequence > head) {
            throw new IllegalArgumentException(
                    "The live state is said to be that of sequence " + sequence + ", and the log ends at " + head
                            + ". Give the state and its sequence together, and the log they are of.");
        }
        return sequence;
    }

    private StateHistory<S, E> with(Course<S, E> changed) {
        return new StateHistory<>(changed, rows, name, snapshots);
    }
}
