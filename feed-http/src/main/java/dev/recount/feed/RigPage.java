package dev.recount.feed;

import dev.recount.event.StoredEvent;
import dev.recount.store.LogInfo;
import dev.recount.store.Page;
import dev.recount.store.Query;
import dev.recount.store.ReadOptions;
import dev.recount.subscription.UnusableCheckpoint.Reason;
import java.util.List;

/** A page of one rig, from the pages of its store. Not thread-safe: made for one answer. */
final class RigPage implements PageSource {

    private final RigLog log;
    private final ReadOptions options;
    private final LogInfo info;
    private ReadOptions rest;
    private long next;

    RigPage(RigLog log, ReadOptions options, LogInfo info) {
        this.log = log;
        this.options = options;
        this.info = info;
        this.rest = options;
        this.next = options.after();
    }

    @Override
    public int limit() {
        return options.limit();
    }

    @Override
    public Part read(Query query, int most) {
        Page page = log.store().read(query, rest.withLimit(most));
        List<StoredEvent> events = page.events();
        if (!events.isEmpty()) {
            long last = events.get(events.size() - 1).sequence();
            rest = options.isNewestFirst() ? rest.until(last - 1) : rest.after(last);
            next = last;
        }
        if (!options.isNewestFirst()) {
            next = page.upTo();
        }
        return Part.ofRig(log.name(), events, page.complete());
    }

    @Override
    public String next() {
        requireWhole();
        return log.cursors().at(next).toString();
    }

    // Retention may have taken events between two reads.
    private void requireWhole() {
        LogInfo now = log.store().info();
        if (!options.isNewestFirst() && now.floor() > options.after()) {
            throw Cursors.refusal(Reason.BELOW_FLOOR, new Cursor(options.after(), ""), now);
        }
    }

    @Override
    public void describe(StringBuilder json) {
        JsonText.string(json.append(",\"head\":"), log.cursors().at(info.head()).toString());
        JsonText.string(json.append(",\"log\":"), info.logId());
    }
}
