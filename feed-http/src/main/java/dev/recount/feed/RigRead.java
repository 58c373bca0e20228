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
 * @param from the cursor at which it begins, as the log gives it now; a bare one where the log has no such place
 * @param cursors those of its events
 * @param end the cursor up to which the log was looked through; a bare one as above
 * @param head how far the log is known to go
 * @param floor how far retention is known to have removed events
 */
record RigRead(Part part, Cursor from, List<Cursor> cursors, List<String> frames, Cursor end, long head, long floor) {

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
        List<Cursor> cursors = cursors(log, after, part.events(), page.upTo());
        Cursor from = cursors.get(0);
        Cursor end = cursors.get(cursors.size() - 1);
        List<Cursor> ofEvents = cursors.subList(1, cursors.size() - 1);
        List<String> frames = frames(audience.writer(), part.events(), ofEvents);
        // After 0 it begins with what is left, so only there it has to be asked whether that is all.
        if (after == 0 || !page.complete()) {
            LogInfo info = log.store().info();
            return new RigRead(part, from, ofEvents, frames, end, info.head(), info.floor());
        }
        return new RigRead(part, from, ofEvents, frames, end, page.upTo(), 0);
    }

    /** Where it begins, then each event, then where it ends. */
    private static List<Cursor> cursors(RigLog log, long after, List<RigEvent> events, long upTo) {
        List<Long> sequences = new ArrayList<>(events.size() + 2);
        sequences.add(after);
        events.forEach(found -> sequences.add(found.event().sequence()));
        sequences.add(upTo);
        Map<Long, Cursor> found = log.cursors().at(sequences);
        return sequences.stream()
                .map(sequence -> found.getOrDefault(sequence, new Cursor(sequence, "")))
                .toList();
    }

    private static List<String> frames(EventWriter writer, List<RigEvent> events, List<Cursor> cursors) {
        List<String> frames = new ArrayList<>(events.size());
        StringBuilder frame = new StringBuilder();
        for (int i = 0; i < events.size(); i++) {
            frame.setLength(0);
            Frames.event(frame, cursors.get(i).toString(), writer, events.get(i));
            frames.add(frame.toString());
        }
        return frames;
    }

    /** The same up to a cursor; there is more. */
    RigRead cutAt(Cursor cut) {
        List<RigEvent> kept = part.events().stream()
                .takeWhile(found -> found.event().sequence() <= cut.sequence())
                .toList();
        Part shown = new Part(part.control(), kept, false);
        int most = kept.size();
        return new RigRead(shown, from, cursors.subList(0, most), frames.subList(0, most), cut, head, floor);
    }

    boolean complete() {
        return part.complete();
    }
}
