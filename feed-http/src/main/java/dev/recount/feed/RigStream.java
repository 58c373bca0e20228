package dev.recount.feed;

import dev.recount.store.LogInfo;
import dev.recount.store.Page;
import dev.recount.store.Query;
import dev.recount.store.ReadOptions;
import dev.recount.subscription.UnusableCheckpoint.Reason;
import dev.recount.town.RigEvent;
import java.time.Duration;
import java.util.List;

/** What a stream of one rig shows: its place is a sequence. Not thread-safe: use from the stream's thread. */
final class RigStream implements StreamSource {

    private final RigLog log;
    private final String opening;
    private long position;
    private long upTo;
    private long named;
    private long head;

    RigStream(RigLog log, StreamStart start) {
        this.log = log;
        this.opening = start.reset();
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
    public Part read(Query query, int most) {
        Page page =
                log.store().read(query, ReadOptions.defaults().after(position).withLimit(most));
        LogInfo info = log.store().info();
        head = info.head();
        if (info.floor() > position) {
            return reset(info);
        }
        upTo = page.upTo();
        return Part.ofRig(log.name(), page.events(), page.complete());
    }

    // Retention overtook this client.
    private Part reset(LogInfo info) {
        StreamStart start = StreamStart.atHead(Reason.BELOW_FLOOR, new Cursor(position, ""), log, info);
        position = start.after();
        upTo = position;
        return new Part(start.reset(), List.of(), false);
    }

    @Override
    public void pass(RigEvent event) {
        position = event.event().sequence();
    }

    @Override
    public void passAll() {
        position = upTo;
    }

    @Override
    public String cursor() {
        named = position;
        return log.cursors().at(position).toString();
    }

    @Override
    public boolean hasMoved() {
        return position != named;
    }

    @Override
    public long behind() {
        return Math.max(0, head - position);
    }

    @Override
    public boolean awaitMore(Duration timeout) throws InterruptedException {
        return log.store().awaitAfter(position, timeout);
    }
}
