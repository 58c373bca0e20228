package dev.recount.feed;

import dev.recount.store.EventsRemoved;
import dev.recount.store.LogInfo;
import dev.recount.subscription.UnusableCheckpoint.Reason;
import dev.recount.town.RigEvent;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** What a stream of one rig shows: its place is a sequence. Not thread-safe: use from the stream's thread. */
final class RigStream implements StreamSource {

    private final RigLog log;
    private final String opening;
    private final String logId;
    private List<String> frames = List.of();
    private List<Cursor> cursors = List.of();
    private Cursor at;
    private int passed;
    private long position;
    private Cursor end;
    private long named;
    private long head;

    RigStream(RigLog log, StreamStart start) {
        this.log = log;
        this.opening = start.reset();
        this.logId = start.logId();
        this.position = start.after();
        this.named = position;
        this.head = position;
        this.at = new Cursor(position, "");
        this.end = at;
    }

    @Override
    public String opening() {
        return opening;
    }

    @Override
    public Part read(View view, int most) {
        long after = position;
        Audience audience = view.audience();
        try {
            RigRead read =
                    audience.after(new Audience.Place(logId, after), () -> RigRead.of(log, audience, after, most));
            if (read.floor() > after) {
                return reset(Reason.BELOW_FLOOR, log.store().info());
            }
            OptionalLong change = view.firstChange(after, read.end().sequence());
            RigRead shown = change.isPresent() ? read.cutAt(log.cursors().at(change.getAsLong())) : read;
            return at.digits().equals(shown.from().digits()) ? take(shown) : takeIfProved(shown);
        } catch (EventsRemoved overtaken) {
            return reset(Reason.BELOW_FLOOR, log.store().info());
        }
    }

    // The store is the same, and its log may be another than a moment ago: a replica took over that lacked the newest
    // events.
    private Part takeIfProved(RigRead read) {
        LogInfo info = log.store().info();
        Optional<Reason> unusable =
                at.digits().isEmpty() ? Optional.empty() : log.cursors().unusable(at, info);
        return unusable.map(reason -> reset(reason, info)).orElseGet(() -> take(read));
    }

    private Part take(RigRead read) {
        end = read.end();
        head = Math.max(read.head(), end.sequence());
        frames = read.frames();
        cursors = read.cursors();
        at = read.from();
        passed = 0;
        return read.part();
    }

    private Part reset(Reason reason, LogInfo info) {
        StreamStart start = StreamStart.atHead(reason, at, log, info);
        position = start.after();
        at = new Cursor(position, "");
        end = at;
        head = position;
        return new Part(start.reset(), List.of(), false);
    }

    @Override
    public void pass(RigEvent event, EventWriter writer, StringBuilder to) {
        position = event.event().sequence();
        named = position;
        at = cursors.get(passed);
        to.append(frames.get(passed));
        passed++;
    }

    @Override
    public void passAll() {
        if (position != end.sequence()) {
            position = end.sequence();
            at = end;
        }
        // Who waits keeps nothing of a page.
        frames = List.of();
        cursors = List.of();
    }

    @Override
    public String cursor() {
        // What was proved is named, though the log may be another by now: the next read tells.
        at = at.digits().isEmpty() ? log.cursors().at(position) : at;
        named = position;
        return at.toString();
    }

    @Override
    public boolean hasMoved() {
        return position != named;
    }

    @Override
    public long behind() {
        return Math.max(0, head - position);
    }
}
