package dev.recount.internal.log;

import dev.recount.store.EventsRemoved;
import dev.recount.store.LogConsumer;
import dev.recount.store.RetentionRefused;
import java.util.Comparator;
import java.util.List;

/** What holds of the consumers of any log. */
public final class Consumers {

    private static final int LONGEST_NAME = 500;
    private static final Comparator<LogConsumer> SLOWEST_FIRST = Comparator.comparingLong(LogConsumer::checkpoint)
            .thenComparing(LogConsumer::kind)
            .thenComparing(LogConsumer::name);

    private Consumers() {}

    /** The same in order. */
    public static List<LogConsumer> slowestFirst(List<LogConsumer> all) {
        return all.stream().sorted(SLOWEST_FIRST).toList();
    }

    /**
     * Lets events up to a floor go.
     *
     * @throws RetentionRefused where somebody has not read them; names the slowest
     */
    public static void requireAllAt(long floor, List<LogConsumer> slowestFirst) {
        for (LogConsumer consumer : slowestFirst) {
            if (consumer.checkpoint() < floor) {
                throw new RetentionRefused(floor, consumer);
            }
        }
    }

    /**
     * Refuses a name that is none.
     *
     * @throws IllegalArgumentException where it is blank or too long
     */
    public static void requireName(String name) {
        if (name.isBlank() || name.length() > LONGEST_NAME) {
            throw new IllegalArgumentException(
                    "'" + name + "' is no name for a consumer. Give 1 to 500 characters that are not all blank.");
        }
    }

    /**
     * From where a consumer goes on that says it has read up to a sequence.
     *
     * @param log how the log is called in a message
     * @throws EventsRemoved where events after it were removed already
     * @throws IllegalArgumentException where the log has no such sequence
     */
    public static long usable(long checkpoint, long head, long floor, String log) {
        EventsRemoved.check(checkpoint, floor);
        if (checkpoint < 0 || checkpoint > head) {
            throw new IllegalArgumentException("Checkpoint " + checkpoint + " is not one of " + log + ", which ends at "
                    + head + ". Give a sequence from 0 to there.");
        }
        return Math.max(checkpoint, floor);
    }
}
