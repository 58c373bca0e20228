package dev.recount.store.sqlite;

import dev.recount.event.NewEvent;
import dev.recount.event.StoredEvent;
import dev.recount.store.EventsRemoved;
import dev.recount.store.LogCheck;
import dev.recount.store.LogInfo;
import dev.recount.store.Page;
import dev.recount.store.Query;
import dev.recount.store.ReadOptions;
import dev.recount.store.Receipt;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;

/** One run of a copy. Events are changed outside of transactions, and written a page at a time. Not thread-safe: made for one run. */
final class CopyRun {

    private static final int PAGE = 10_000;

    private final SqliteEventStore source;
    private final LogCopy.Settings settings;
    private final LogInfo log;
    private final CopiedRanges ranges;
    private final CopiedCommands commands = new CopiedCommands();
    private final SortedMap<String, CopiedType> types = new TreeMap<>();
    private long read;
    private long receipts;

    CopyRun(SqliteEventStore source, LogCopy.Settings settings) {
        this.source = source;
        this.settings = settings;
        this.log = source.info();
        this.ranges = new CopiedRanges(log.floor());
    }

    /** An event and what became of it. */
    record Changed(StoredEvent from, List<NewEvent> to) {}

    CopyReport into(Path file) {
        SqliteOptions options = SqliteOptions.defaults().withDurability(Durability.NORMAL);
        try (SqliteEventStore target = SqliteEventStore.open(file, options)) {
            copyEvents(target);
            copyReceipts(target);
            requireWhole(target);
            return new CopyReport(log.logId(), target.logId(), read, ranges.written(), types, receipts, ranges.all());
        }
    }

    private void copyEvents(SqliteEventStore target) {
        ReadOptions options = ReadOptions.defaults().until(log.head()).withLimit(PAGE);
        long after = log.floor();
        boolean complete = after == log.head();
        while (!complete) {
            requireNotStopped(after);
            Page page = source.read(Query.all(), options.after(after));
            requireAllFromZero(after);
            complete = page.complete();
            List<Changed> changed = page.events().stream().map(this::change).toList();
            write(target, commands.next(changed, complete));
            after = page.upTo();
            settings.progress().accept(after);
        }
    }

    // After 0 a store begins with whatever is left.
    private void requireAllFromZero(long after) {
        long floor = after == 0 ? source.info().floor() : 0;
        if (floor > 0) {
            throw new EventsRemoved(0, floor);
        }
    }

    private void requireNotStopped(long sequence) {
        if (settings.cancelled().getAsBoolean() || Thread.currentThread().isInterrupted()) {
            throw new CancellationException(
                    "The copy was stopped at sequence " + sequence + " of " + log.head() + ". Nothing is left of it.");
        }
    }

    private Changed change(StoredEvent stored) {
        try {
            List<NewEvent> events = new ArrayList<>();
            for (NewEvent event : settings.change().apply(stored)) {
                events.add(event.occurredAt().isPresent() ? event : event.withOccurredAt(stored.occurredAt()));
            }
            count(stored, events);
            return new Changed(stored, events);
        } catch (RuntimeException e) {
            throw new IllegalStateException(
                    "Event " + stored.sequence() + " of type " + stored.type() + " could not be copied: "
                            + e.getMessage()
                            + ". Mend it or leave it out where the copy changes events. Nothing is left of this copy.",
                    e);
        }
    }

    private void count(StoredEvent stored, List<NewEvent> events) {
        read++;
        ranges.add(stored.sequence(), events.size());
        types.merge(stored.type(), CopiedType.of(stored, events), CopiedType::plus);
    }

    private static void write(SqliteEventStore target, List<Changed> page) {
        target.write(session -> {
            AppendTransaction transaction = target.transaction(session);
            for (Changed changed : page) {
                for (NewEvent event : changed.to()) {
                    transaction.storeAgain(event, changed.from().storedAt());
                }
            }
            return transaction.finish();
        });
    }

    private void copyReceipts(SqliteEventStore target) {
        String last = "";
        boolean complete = false;
        while (!complete) {
            String after = last;
            List<Receipt> page = source.look(session -> Receipts.after(session, after, log.head(), PAGE));
            target.write(session -> {
                for (Receipt receipt : page) {
                    Receipts.save(session, ranges.moved(receipt));
                }
                return true;
            });
            receipts += page.size();
            complete = page.size() < PAGE;
            last = complete ? last : page.get(page.size() - 1).key();
        }
    }

    private void requireWhole(SqliteEventStore target) {
        LogCheck check = target.check();
        if (!check.ok() || check.events() != ranges.written()) {
            throw new IllegalStateException(
                    "The copy is not what was written: it has " + check.events() + " events of " + ranges.written()
                            + ", and " + check.problems() + ". Nothing is left of it; check the disk, and try again.");
        }
    }
}
