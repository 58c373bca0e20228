package dev.recount.feed;

import dev.recount.store.LogInfo;
import dev.recount.store.Page;
import dev.recount.store.ReadOptions;
import dev.recount.town.RigEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What one rig holds after a sequence, with the frames of a stream. Immutable.
 *
 * @param upTo how far the log was looked through
 * @param head how far the log is known to go
 * @param floor how far retention is known to have removed events
 */
record RigRead(Part part, List<String> frames, long upTo, long head, long floor) {

    /**
     * Reads.
     *
     * @throws dev.recount.store.EventsRemoved where retention has removed what comes next
     */
    static RigRead of(RigLog log, Audience audience, long after, int most) {
        Page page = log.store()
                .read(
                        audience.sight().query(),
                        ReadOptions.defaults().after(after).withLimit(most));
        Part part = Part.ofRig(log.name(), page.events(), page.complete());
        List<String> frames = frames(log, audience.writer(), part.events());
        // After 0 it begins with what is left, so only there it has to be asked whether that is all.
        if (after == 0 || !page.complete()) {
            LogInfo info = log.store().info();
            return new RigRead(part, frames, page.upTo(), info.head(), info.floor());
        }
        return new RigRead(part, frames, page.upTo(), page.upTo(), 0);
    }

    private static List<String> frames(RigLog log, EventWriter writer, List<RigEvent> events) {
        Map<Long, Cursor> cursors =
                log.cursors().at(events.stream().map(RigEvent::event).toList());
        List<String> frames = new ArrayList<>(events.size());
        StringBuilder frame = new StringBuilder();
        for (RigEvent found : events) {
            long sequence = found.event().sequence();
            Cursor cursor = cursors.getOrDefault(sequence, new Cursor(sequence, ""));
            frame.setLength(0);
            Frames.event(frame, cursor.toString(), writer, found);
            frames.add(frame.toString());
        }
        return frames;
    }

    boolean complete() {
        return part.complete();
    }
}
