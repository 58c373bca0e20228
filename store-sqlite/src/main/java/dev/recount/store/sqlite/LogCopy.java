package dev.recount.store.sqlite;

import dev.recount.event.NewEvent;
import dev.recount.event.StoredEvent;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.LongConsumer;

/**
 * Copies a log into a new file and, where asked, changes its events on the way: for what upcasting cannot do, such as leaving out
 * events that should never have been stored, or splitting a type in two. The log that is copied stays as it is.
 *
 * <p>The copy is another log, with an id of its own and sequences from 1. Order, times, tags and metadata are kept, and so are receipts,
 * so that a repeated command stays harmless. The record of a command says how many of its events are left. Which events were appended
 * together is not written in a log, and read models, consumers and snapshots are not copied. What is appended after it has begun is
 * not in it.
 *
 * <pre>{@code
 * CopyReport report = LogCopy.of(store)
 *         .changing(stored -> stored.type().equals("debug.noted") ? List.of() : List.of(NewEvent.again(stored)))
 *         .to(folder.resolve("clean.db"));
 * }</pre>
 *
 * <p>Immutable.
 */
public final class LogCopy {

    private final SqliteEventStore source;
    private final Settings settings;

    private LogCopy(SqliteEventStore source, Settings settings) {
        this.source = source;
        this.settings = settings;
    }

    /** What becomes of each event, and who is told or asked on the way. */
    record Settings(
            Function<? super StoredEvent, List<NewEvent>> change, LongConsumer progress, BooleanSupplier cancelled) {}

    /** A copy of that log, event by event. */
    public static LogCopy of(SqliteEventStore source) {
        return new LogCopy(
                source, new Settings(stored -> List.of(NewEvent.again(stored)), sequence -> {}, () -> false));
    }

    /**
     * With these events in place of each stored one: itself ({@link NewEvent#again}), others, or none. An event without a time
     * of its own gets the {@code occurredAt} of the one it comes from; {@code storedAt} is always kept.
     */
    public LogCopy changing(Function<? super StoredEvent, List<NewEvent>> change) {
        return new LogCopy(source, new Settings(change, settings.progress, settings.cancelled));
    }

    /** Tells the sequence up to which the log was copied, again and again. */
    public LogCopy reportingTo(LongConsumer progress) {
        return new LogCopy(source, new Settings(settings.change, progress, settings.cancelled));
    }

    /** Stops when this says so, and leaves nothing behind. */
    public LogCopy stoppingWhen(BooleanSupplier cancelled) {
        return new LogCopy(source, new Settings(settings.change, settings.progress, cancelled));
    }

    /**
     * Makes the copy and checks it. It is written beside its place, under the same name with {@code .part} at the end, and gets its
     * name when it is whole. A program that is killed leaves the part; remove it.
     *
     * @throws IllegalArgumentException where there is a file already, or such a part
     * @throws IllegalStateException where an event cannot be changed, or the copy is not what was written; names the sequence
     * @throws dev.recount.store.EventsRemoved where retention removes events that it has yet to read
     * @throws CancellationException where it was told to stop, or its thread is interrupted
     * @throws dev.recount.store.StoreUnavailable where the log cannot be read, or the copy cannot be written now
     * @throws dev.recount.store.StoreClosed after the store was closed
     */
    public CopyReport to(Path target) {
        PartOfCopy part = PartOfCopy.of(target);
        boolean whole = false;
        try {
            CopyReport report = new CopyRun(source, settings).into(part.file());
            part.complete();
            whole = true;
            return report;
        } finally {
            if (!whole) {
                part.remove();
            }
        }
    }
}
