package dev.recount.store.sqlite;

import dev.recount.event.NewEvent;
import dev.recount.event.StoredEvent;
import dev.recount.store.Append;
import dev.recount.store.AppendCondition;
import dev.recount.store.AppendConditionFailed;
import dev.recount.store.Appended;
import dev.recount.store.Receipt;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** One append inside a transaction that holds the write lock: receipt, condition, events, tags, read models, head. */
final class AppendTransaction {

    private static final int BATCH = 1_000;
    private static final String INSERT_TAG = "INSERT INTO recount_event_tags (tag, sequence) VALUES (?, ?)";

    private final Session writer;
    private final Path file;
    private final InstantSource clock;
    private final InlineModels readModels;

    AppendTransaction(Session writer, Path file, InstantSource clock, InlineModels readModels) {
        this.writer = writer;
        this.file = file;
        this.clock = clock;
        this.readModels = readModels;
    }

    Appended run(Append append) throws SQLException {
        if (append.receiptKey().isPresent()) {
            Optional<Receipt> earlier =
                    Receipts.find(writer, append.receiptKey().get());
            if (earlier.isPresent()) {
                return earlier.get().repeat(append);
            }
        }
        LogRow log = LogRow.load(writer, file);
        require(append.condition(), log.head());
        if (!append.events().isEmpty()) {
            store(append.events(), log);
        }
        Appended outcome =
                new Appended(log.head() + 1, log.head() + append.events().size(), false);
        Receipts.save(writer, append, outcome);
        return outcome;
    }

    private void require(AppendCondition condition, long head) throws SQLException {
        if (condition.after() > head) {
            throw new IllegalArgumentException("The condition was made on another log: it reads up to sequence "
                    + condition.after() + ", and the head of this log is " + head
                    + ". Read this log and decide again.");
        }
        Window since = Window.first(condition.after(), head);
        for (StoredEvent conflicting :
                PageReader.read(writer, condition.query(), since).events()) {
            throw new AppendConditionFailed(condition, conflicting);
        }
    }

    private void store(List<NewEvent> events, LogRow log) throws SQLException {
        String storedAt = storedAt(log);
        HashChain chain = new HashChain(HexFormat.of().parseHex(log.headChain()));
        List<StoredEvent> stored = new ArrayList<>(readModels.isEmpty() ? 0 : events.size());
        long head = log.head();
        for (int from = 0; from < events.size(); from += BATCH) {
            List<EventRow> rows = new ArrayList<>(BATCH);
            for (NewEvent event : events.subList(from, Math.min(events.size(), from + BATCH))) {
                rows.add(EventRow.of(++head, event, storedAt));
            }
            insertEvents(rows, chain);
            insertTags(events.subList(from, from + rows.size()), head - rows.size());
            if (!readModels.isEmpty()) {
                rows.forEach(row -> stored.add(row.toEvent()));
            }
        }
        readModels.apply(writer, log.head(), stored);
        LogRow.advance(writer, head, chain.last(), storedAt);
    }

    private String storedAt(LogRow log) {
        String now = TimeText.of(TimeText.within(clock.instant()));
        return now.compareTo(log.lastStoredAt()) < 0 ? log.lastStoredAt() : now;
    }

    private void insertEvents(List<EventRow> rows, HashChain chain) throws SQLException {
        PreparedStatement insert = writer.prepare(EventRow.INSERT);
        for (EventRow row : rows) {
            row.bind(insert, chain.next(row));
            insert.addBatch();
        }
        runBatch(insert);
    }

    private void insertTags(List<NewEvent> events, long before) throws SQLException {
        PreparedStatement insert = writer.prepare(INSERT_TAG);
        long sequence = before;
        int tags = 0;
        for (NewEvent event : events) {
            sequence++;
            for (String tag : event.tags()) {
                insert.setString(1, tag);
                insert.setLong(2, sequence);
                insert.addBatch();
                tags++;
            }
        }
        if (tags > 0) {
            runBatch(insert);
        }
    }

    // A batch that failed would otherwise keep its rows for the next one.
    private static void runBatch(PreparedStatement insert) throws SQLException {
        try {
            insert.executeBatch();
        } finally {
            insert.clearBatch();
        }
    }
}
