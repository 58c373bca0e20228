package dev.recount.store.sqlite;

import dev.recount.event.NewEvent;
import dev.recount.event.StoredEvent;
import dev.recount.internal.log.AppendGroup;
import dev.recount.internal.log.EventRow;
import dev.recount.internal.log.HashChain;
import dev.recount.internal.log.TimeText;
import dev.recount.store.Append;
import dev.recount.store.AppendCondition;
import dev.recount.store.AppendConditionFailed;
import dev.recount.store.Appended;
import dev.recount.store.EventsRemoved;
import dev.recount.store.Receipt;
import dev.recount.store.jdbc.ReadModels;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Appends inside one transaction that holds the write lock: receipt, condition, events and tags of one after the other, then read
 * models and head once for all. Not thread-safe: use from one thread at a time.
 */
final class AppendTransaction implements AppendGroup.Transaction<SQLException> {

    private static final int BATCH = 1_000;
    private static final String INSERT_TAG = "INSERT INTO recount_event_tags (tag, sequence) VALUES (?, ?)";

    private final Session writer;
    private final InstantSource clock;
    private final ReadModels readModels;
    private final LogHead before;
    private final HashChain chain;
    private final PreparedStatement insertEvent;
    private final PreparedStatement insertTag;
    private final List<StoredEvent> stored = new ArrayList<>(0);
    private int pendingEvents;
    private int pendingTags;
    private @Nullable String storedAt;
    private long head;

    AppendTransaction(Session writer, Path file, InstantSource clock, ReadModels readModels) throws SQLException {
        this.writer = writer;
        this.clock = clock;
        this.readModels = readModels;
        this.before = LogHead.load(writer, file);
        this.chain = new HashChain(before.chain());
        this.head = before.sequence();
        this.insertEvent = empty(writer.prepare(EventColumns.INSERT));
        this.insertTag = empty(writer.prepare(INSERT_TAG));
    }

    // What was left of a transaction that failed would go into this one.
    private static PreparedStatement empty(PreparedStatement insert) throws SQLException {
        insert.clearBatch();
        return insert;
    }

    @Override
    public Optional<Appended> check(Append append) throws SQLException {
        if (append.receiptKey().isPresent()) {
            Optional<Receipt> earlier =
                    Receipts.find(writer, append.receiptKey().get());
            if (earlier.isPresent()) {
                return Optional.of(earlier.get().repeat(append));
            }
        }
        require(append.condition());
        return Optional.empty();
    }

    private void require(AppendCondition condition) throws SQLException {
        if (condition.after() > head) {
            throw new IllegalArgumentException("The condition was made on another log: it reads up to sequence "
                    + condition.after() + ", and the head of this log is " + head
                    + ". Read this log and decide again.");
        }
        if (condition.isNone()) {
            return;
        }
        insertPending();
        EventsRemoved.check(condition.after(), before.floor());
        Window since = Window.first(Math.max(condition.after(), before.floor()), head);
        for (StoredEvent conflicting :
                PageReader.read(writer, condition.query(), since).events()) {
            throw new AppendConditionFailed(condition, conflicting);
        }
    }

    @Override
    public Appended store(Append append) throws SQLException {
        long first = head + 1;
        for (NewEvent event : append.events()) {
            add(event);
        }
        Appended outcome = new Appended(first, head, false);
        Receipts.save(writer, append, outcome);
        return outcome;
    }

    /** Writes an event that another log took at that time. */
    void storeAgain(NewEvent event, Instant takenAt) throws SQLException {
        String time = TimeText.of(takenAt);
        String before = storedAt == null ? this.before.lastStoredAt() : storedAt;
        storedAt = time.compareTo(before) < 0 ? before : time;
        add(event);
    }

    // Rows of several appends go in together, until somebody has to see them.
    private void add(NewEvent event) throws SQLException {
        EventRow row = EventRow.of(++head, event, storedAt());
        EventColumns.bind(insertEvent, row, chain.next(row));
        insertEvent.addBatch();
        for (String tag : event.tags().asList()) {
            insertTag.setString(1, tag);
            insertTag.setLong(2, head);
            insertTag.addBatch();
            pendingTags++;
        }
        if (!readModels.isEmpty()) {
            stored.add(row.toEvent());
        }
        if (++pendingEvents == BATCH) {
            insertPending();
        }
    }

    private void insertPending() throws SQLException {
        if (pendingEvents > 0) {
            runBatch(insertEvent);
            pendingEvents = 0;
        }
        if (pendingTags > 0) {
            runBatch(insertTag);
            pendingTags = 0;
        }
    }

    private String storedAt() {
        String known = storedAt;
        if (known == null) {
            String now = TimeText.of(TimeText.within(clock.instant()));
            known = now.compareTo(before.lastStoredAt()) < 0 ? before.lastStoredAt() : now;
            storedAt = known;
        }
        return known;
    }

    // A batch that failed would otherwise keep its rows for the next one.
    private static void runBatch(PreparedStatement insert) throws SQLException {
        try {
            insert.executeBatch();
        } finally {
            insert.clearBatch();
        }
    }

    /** Brings read models and head up to what was written; returns the head. */
    @Override
    public long finish() throws SQLException {
        insertPending();
        if (head > before.sequence()) {
            readModels.apply(writer, before.sequence(), stored);
            LogHead.advance(writer, head, chain.last(), storedAt());
        }
        return head;
    }
}
