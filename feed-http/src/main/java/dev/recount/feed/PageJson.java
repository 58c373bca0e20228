package dev.recount.feed;

import dev.recount.event.StoredEvent;
import dev.recount.store.LogInfo;
import dev.recount.store.Page;
import dev.recount.store.Query;
import dev.recount.store.ReadOptions;
import dev.recount.subscription.UnusableCheckpoint.Reason;

/** Gathers one page of a feed from the pages of the store, which may be shorter. Not thread-safe: made for one answer. */
final class PageJson {

    /** A page is held in memory, so that it ends early where its events are long. */
    private static final int ENOUGH_CHARACTERS = 4_000_000;

    private final RigLog log;
    private final StringBuilder json = new StringBuilder("{\"events\":[");
    private int count;
    private long last;

    private PageJson(RigLog log) {
        this.log = log;
    }

    static String of(RigLog log, Query query, ReadOptions options, LogInfo info) {
        return new PageJson(log).gather(query, options, info);
    }

    private String gather(Query query, ReadOptions options, LogInfo info) {
        ReadOptions rest = options;
        Page page = log.store().read(query, rest);
        add(page);
        while (!page.complete() && count < options.limit() && json.length() < ENOUGH_CHARACTERS) {
            rest = beyond(rest).withLimit(options.limit() - count);
            page = log.store().read(query, rest);
            add(page);
        }
        requireWhole(options);
        return finish(page, options, info);
    }

    // Retention may have taken events between two reads.
    private void requireWhole(ReadOptions options) {
        LogInfo now = log.store().info();
        if (!options.isNewestFirst() && now.floor() > options.after()) {
            throw Cursors.refusal(Reason.BELOW_FLOOR, new Cursor(options.after(), ""), now);
        }
    }

    private void add(Page page) {
        for (StoredEvent event : page.events()) {
            EventJson.stored(json.append(count == 0 ? "" : ","), log.rig(), event);
            count++;
            last = event.sequence();
        }
    }

    private ReadOptions beyond(ReadOptions options) {
        return options.isNewestFirst() ? options.until(last - 1) : options.after(last);
    }

    private String finish(Page page, ReadOptions options, LogInfo info) {
        long next = options.isNewestFirst() ? (count == 0 ? options.after() : last) : page.upTo();
        JsonText.string(json.append("],\"next\":"), log.cursors().at(next).toString());
        JsonText.string(json.append(",\"head\":"), log.cursors().at(info.head()).toString());
        JsonText.string(json.append(",\"log\":"), info.logId());
        return json.append(",\"more\":").append(!page.complete()).append('}').toString();
    }
}
