package dev.recount.feed;

import dev.recount.store.LogInfo;
import dev.recount.subscription.UnusableCheckpoint.Reason;
import java.util.Optional;

/**
 * Where a stream of one rig begins. Immutable.
 *
 * @param after everything up to here is taken as known
 * @param logId the log that it is in
 * @param reset the frame that tells a client why it cannot go on where it was; empty where it can
 */
record StreamStart(String logId, long after, String reset) {

    static StreamStart of(FeedRequest request, RigLog log) {
        Optional<Cursor> cursor = GivenCursor.of(request).map(Cursor::parse);
        return cursor.map(given -> from(given, log))
                .orElseGet(() -> atHead(log.store().info()));
    }

    private static StreamStart atHead(LogInfo info) {
        return new StreamStart(info.logId(), info.head(), "");
    }

    private static StreamStart from(Cursor given, RigLog log) {
        LogInfo info = log.cursors().infoFor(given);
        Optional<Reason> unusable = log.cursors().unusable(given, info);
        if (unusable.isPresent()) {
            return atHead(unusable.get(), given, log, info);
        }
        return new StreamStart(info.logId(), Math.max(given.sequence(), info.floor()), "");
    }

    static StreamStart atHead(Reason reason, Cursor given, RigLog log, LogInfo info) {
        Cursor head = log.cursors().at(info.head());
        return new StreamStart(info.logId(), info.head(), Frames.reset(reason, given, head, info));
    }
}
