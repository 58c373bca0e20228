package dev.recount.feed;

import dev.recount.store.EventsRemoved;
import dev.recount.store.LogInfo;
import dev.recount.subscription.UnusableCheckpoint.Reason;
import dev.recount.town.RigEvent;
import java.util.List;

/** What a stream of one rig shows: its place is a sequence. Not thread-safe: use from the stream's thread. */
final class RigStream implements StreamSource {

    private final RigLog log;
    private final String opening;
    private final String logId;
    private List<String> frames = List.of();
    private int passed;
    private long position;
    private long upTo;
    private long named;
    private long head;

    RigStream(RigLog log, StreamStart start) {
        this.log = log;
        this.opening = start.reset();
        this.logId = start.logId();
        this.position = start.after();
        this.upTo = position;
        this.named = position;
        this.head = position;
    }

    @Override
    public String opening() {
        return opening;
    }

    @Override
    public Part read(Audience audience, int most) {
        long after = position;
        try {
            RigRead read =
                    audience.after(new Audience.Place(logId, after), () -> RigRead.of(log, audience, after, most));
            return read.floor() > after ? reset(log.store().info()) : take(read);
        } catch (EventsRemoved overtaken) {
            return reset(log.store().info());
        }
    }

    private Part take(RigRead read) {
        upTo = read.upTo();
        head = Math.max(read.head(), upTo);
        frames = read.frames();
        passed = 0;
        return read.part();
    }

    // Retention overtook this client.
    private Part reset(LogInfo info) {
        StreamStart start = StreamStart.atHead(Reason.BELOW_FLOOR, new Cursor(position, ""), log, info);
        position = start.after();
        upTo = position;
        head = position;
        return new Part(start.reset(), List.of(), false);
    }

    @Override
    public void pass(RigEvent event, EventWriter writer, StringBuilder to) {
        position = event.event().sequence();
        named = position;
        to.append(frames.get(passed));
        passed++;
    }

    @Override
    public void passAll() {
        position = upTo;
        // Who waits keeps nothing of a page.
        frames = List.of();
    }

    @Override
    public String cursor() {
        String cursor = log.cursors().at(position).toString();
        named = position;
        return cursor;
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
