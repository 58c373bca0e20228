package dev.recount.examples.changefeed;

import dev.recount.examples.changefeed.WorkEvent.PrCheckRecorded;
import dev.recount.examples.changefeed.WorkEvent.PrCreated;
import dev.recount.examples.changefeed.WorkEvent.PrReviewThreadAdded;
import dev.recount.examples.changefeed.WorkEvent.PrReviewThreadResolved;
import dev.recount.examples.changefeed.WorkEvent.PrSessionChanged;
import dev.recount.examples.changefeed.WorkEvent.PrUpdated;
import dev.recount.examples.changefeed.WorkEvent.ProjectRegistered;
import dev.recount.examples.changefeed.WorkEvent.SessionCreated;
import dev.recount.examples.changefeed.WorkEvent.SessionUpdated;
import java.util.stream.Collectors;

/** A change on one line, for people. */
final class ChangeLine {

    private ChangeLine() {}

    static String of(Change change) {
        String what = change.events().stream().map(ChangeLine::of).collect(Collectors.joining("; "));
        String time = change.createdAt().toString().substring(11, 23);
        return String.format(
                "%6d  %s  %-10s %-26s %s",
                change.sequence(), time, change.project(), change.type(), what.isEmpty() ? change.payload() : what);
    }

    private static String of(WorkEvent event) {
        if (event instanceof ProjectRegistered registered) {
            return registered.name();
        }
        if (event instanceof SessionCreated created) {
            return created.session() + " began: " + created.title();
        }
        if (event instanceof SessionUpdated updated) {
            return updated.session() + " is " + updated.status() + ": " + updated.title();
        }
        return ofPr(event);
    }

    private static String ofPr(WorkEvent event) {
        if (event instanceof PrCreated created) {
            return created.pr() + " opened: " + created.title();
        }
        if (event instanceof PrUpdated updated) {
            return updated.pr() + " is " + updated.status() + ": " + updated.title();
        }
        if (event instanceof PrCheckRecorded checked) {
            Check check = checked.check();
            return checked.pr() + " " + check.name() + " " + check.result() + " at " + check.commit();
        }
        if (event instanceof PrSessionChanged moved) {
            return moved.pr() + " went from " + moved.from() + " to " + moved.to();
        }
        if (event instanceof PrReviewThreadAdded added) {
            ReviewThread thread = added.thread();
            return added.pr() + " " + thread.path() + ":" + thread.line() + " " + thread.author() + ": "
                    + thread.text();
        }
        return event instanceof PrReviewThreadResolved resolved
                ? resolved.pr() + " settled " + resolved.thread()
                : event.toString();
    }
}
