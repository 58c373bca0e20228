package dev.recount.feed;

import dev.recount.store.Query;
import dev.recount.town.RigEvent;

/** Writes one page of a feed, which may be made of several parts. Not thread-safe: made for one answer. */
final class PageJson {

    /** A page is held in memory, so that it ends early where its events are long. */
    private static final int ENOUGH_CHARACTERS = 4_000_000;

    private final PageSource source;
    private final EventWriter writer;
    private final StringBuilder json = new StringBuilder("{\"events\":[");
    private int count;

    private PageJson(PageSource source, EventWriter writer) {
        this.source = source;
        this.writer = writer;
    }

    static String of(PageSource source, EventWriter writer, Query query) {
        return new PageJson(source, writer).gather(query);
    }

    private String gather(Query query) {
        Part part = source.read(query, source.limit());
        add(part);
        while (!part.complete() && count < source.limit() && json.length() < ENOUGH_CHARACTERS) {
            part = source.read(query, source.limit() - count);
            add(part);
        }
        JsonText.string(json.append("],\"next\":"), source.next());
        source.describe(json);
        return json.append(",\"more\":").append(!part.complete()).append('}').toString();
    }

    private void add(Part part) {
        for (RigEvent found : part.events()) {
            writer.write(json.append(count == 0 ? "" : ","), found);
            count++;
        }
    }
}
