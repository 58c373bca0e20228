package dev.recount.replay;

import dev.recount.decider.Both;
import dev.recount.decider.Projector;
import dev.recount.internal.StartingState;
import java.util.List;
import java.util.Optional;

/** Two models of one log, side by side. */
final class Bisection<S, E> {

    private static final int WATCHED = 1_000;

    private final Course<Both<S, S>, E> course;
    private final StateRows<S> rows;

    Bisection(Course<S, E> course, Projector<S, E> other, StateRows<S> rows) {
        this.course = course.through(Projector.combine(course.projector(), other));
        this.rows = rows;
    }

    Optional<Parting> run(long until) {
        StartingState<Both<S, S>> beginning = course.beginning();
        List<String> keys = changes(course.run(beginning, until, until).state()).stream()
                .map(RowChange::key)
                .limit(WATCHED)
                .toList();
        if (keys.isEmpty()) {
            return Optional.empty();
        }
        if (differs(keys, beginning.state())) {
            return Optional.of(new Parting(0, changes(beginning.state())));
        }
        Found<Parting> parting = new Found<>();
        new StateWalk<>(course, beginning, until)
                .run((event, both) ->
                        !differs(keys, both) || parting.isNow(new Parting(event.sequence(), changes(both))));
        return parting.get();
    }

    private List<RowChange> changes(Both<S, S> both) {
        return rows.changes(both.first(), both.second());
    }

    private boolean differs(List<String> keys, Both<S, S> both) {
        for (String key : keys) {
            if (RowComparison.of(key, rows.row(both.first(), key), rows.row(both.second(), key))
                    .isPresent()) {
                return true;
            }
        }
        return false;
    }
}
