package dev.recount.examples.dashboard;

import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * How many events there were in the course of time. Immutable.
 *
 * @param from where the first bucket begins; null where the town has no event
 * @param to where the last bucket ends, which belongs to it
 * @param counts the events of each bucket
 */
record HistogramAnswer(@Nullable String from, @Nullable String to, List<Long> counts) {

    private static final int DEFAULT_BUCKETS = 120;
    private static final int MAX_BUCKETS = 500;

    static HistogramAnswer of(TownCourse<?, ?> town, Asked asked) {
        requireOrder(asked.time("from"), asked.time("to"));
        LongSummaryStatistics range = range(town, asked);
        long from = asked.time("from").orElse(range.getMin());
        long to = asked.time("to").orElse(range.getMax());
        int buckets = (int) asked.number("buckets", DEFAULT_BUCKETS, 1, MAX_BUCKETS);
        if (range.getCount() == 0 || to < from) {
            return new HistogramAnswer(null, null, List.of());
        }
        long[] ends = ends(from, to, buckets);
        long[] counts = new long[buckets];
        town.look(asked::wantsRig, course -> {
            add(course.moments(), from, ends, counts);
            return course.rig();
        });
        return new HistogramAnswer(
                Asked.iso(from), Asked.iso(to), LongStream.of(counts).boxed().toList());
    }

    private static void requireOrder(OptionalLong from, OptionalLong to) {
        if (from.isPresent() && to.isPresent() && from.getAsLong() > to.getAsLong()) {
            throw Asked.invalid(
                    "from",
                    Asked.iso(from.getAsLong()),
                    "is after 'to', " + Asked.iso(to.getAsLong()) + ". Give the earlier time as 'from'.");
        }
    }

    private static LongSummaryStatistics range(TownCourse<?, ?> town, Asked asked) {
        LongSummaryStatistics range = new LongSummaryStatistics();
        town.look(asked::wantsRig, course -> {
            if (course.moments().size() > 0) {
                range.accept(course.moments().first());
                range.accept(course.moments().last());
            }
            return course.rig();
        });
        return range;
    }

    private static long[] ends(long from, long to, int buckets) {
        long[] ends = new long[buckets];
        for (int i = 0; i < buckets; i++) {
            ends[i] = from + Math.round((to - from) * ((i + 1.0) / buckets));
        }
        return ends;
    }

    private static void add(Moments moments, long from, long[] ends, long[] counts) {
        int before = moments.countUntil(from - 1);
        for (int i = 0; i < ends.length; i++) {
            int until = moments.countUntil(ends[i]);
            counts[i] += until - before;
            before = until;
        }
    }
}
