package dev.recount.feed;

import dev.recount.store.LogInfo;
import dev.recount.store.ReadOptions;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToLongFunction;

/** The part of the log that a client wants as one page. Immutable. */
record PageRequest(ReadOptions options) {

    private static final int DEFAULT_LIMIT = 100;
    private static final int MAX_LIMIT = 1_000;

    /** Reads the parameters against what the log says of itself now. */
    static PageRequest of(FeedRequest request, RigLog log, LogInfo info) {
        long after = Math.max(after(request, log, info), since(request, log, info));
        long until = Math.min(before(request, log, info), until(request, log, info));
        ReadOptions options = ReadOptions.defaults().after(after).until(until).withLimit(limit(request));
        return new PageRequest(isNewestFirst(request) ? options.newestFirst() : options);
    }

    /** Of the cursors that bound it the one that the log has to have come to. */
    static Cursor furthest(FeedRequest request) {
        Cursor after = after(request);
        return before(request)
                .filter(before -> before.sequence() > after.sequence())
                .orElse(after);
    }

    private static Cursor after(FeedRequest request) {
        return Cursor.parse(GivenCursor.of(request).orElse(GivenCursor.BEGINNING));
    }

    private static Optional<Cursor> before(FeedRequest request) {
        return request.parameter("before")
                .filter(text -> !text.isEmpty())
                .map(text -> Cursor.parse("before", "INVALID_BEFORE", text));
    }

    private static long after(FeedRequest request, RigLog log, LogInfo info) {
        Cursor cursor = after(request);
        requireUsable(cursor, log, info);
        return Math.max(cursor.sequence(), info.floor());
    }

    private static void requireUsable(Cursor cursor, RigLog log, LogInfo info) {
        log.cursors().unusable(cursor, info).ifPresent(reason -> {
            throw Cursors.refusal(reason, cursor, info);
        });
    }

    /** The cursor of a page of the newest is where it ended; the next page lies before it. */
    private static long before(FeedRequest request, RigLog log, LogInfo info) {
        Optional<Cursor> before = before(request);
        if (before.isEmpty()) {
            return Long.MAX_VALUE;
        }
        Cursor cursor = before.get();
        if (!isNewestFirst(request)) {
            throw FeedRefused.badRequest(
                            "INVALID_BEFORE", "Parameter before goes with newest=true only. Add that, or use after.")
                    .with("parameter", "before")
                    .with("value", cursor.toString());
        }
        requireUsable(cursor, log, info);
        return Math.max(0, cursor.sequence() - 1);
    }

    private static long since(FeedRequest request, RigLog log, LogInfo info) {
        // One nanosecond less, since what was stored at that time belongs to it.
        return time(request, "since", info.floor(), time -> log.store().sequenceAt(time.minusNanos(1)));
    }

    private static long until(FeedRequest request, RigLog log, LogInfo info) {
        return Math.min(info.head(), time(request, "until", info.head(), log.store()::sequenceAt));
    }

    private static long time(FeedRequest request, String name, long otherwise, ToLongFunction<Instant> sequenceAt) {
        String text = request.parameter(name).orElse("");
        if (text.isEmpty()) {
            return otherwise;
        }
        Instant time;
        try {
            time = OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw invalid(name, text, "is not a time. Give one such as 2026-11-20T08:30:00Z.");
        }
        return sequenceAt.applyAsLong(time);
    }

    static int limit(FeedRequest request) {
        String text = request.parameter("limit").orElse(Integer.toString(DEFAULT_LIMIT));
        boolean isNumber = text.matches("\\d{1,9}");
        int limit = isNumber ? Integer.parseInt(text) : 0;
        if (limit < 1 || limit > MAX_LIMIT) {
            throw invalid("limit", text, "is not a limit. Give a number from 1 to " + MAX_LIMIT + ".");
        }
        return limit;
    }

    static boolean isNewestFirst(FeedRequest request) {
        String text = request.parameter("newest").orElse("false");
        if (!text.equals("true") && !text.equals("false")) {
            throw invalid("newest", text, "is neither true nor false. Give newest=true for the newest first.");
        }
        return text.equals("true");
    }

    private static FeedRefused invalid(String name, String text, String problem) {
        return FeedRefused.badRequest("INVALID_" + name.toUpperCase(Locale.ROOT), "'" + text + "' " + problem)
                .with("parameter", name)
                .with("value", text);
    }
}
