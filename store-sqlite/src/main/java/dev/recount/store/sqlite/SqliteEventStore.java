package dev.recount.store.sqlite;

import dev.recount.replay.Verification;
import dev.recount.sql.ReadModelStatus;
import dev.recount.sql.SqlEventStore;
import dev.recount.sql.SqlReadModel;
import dev.recount.store.Append;
import dev.recount.store.Appended;
import dev.recount.store.LogCheck;
import dev.recount.store.LogConsumers;
import dev.recount.store.LogInfo;
import dev.recount.store.PackedPage;
import dev.recount.store.Page;
import dev.recount.store.Query;
import dev.recount.store.ReadOptions;
import dev.recount.store.Receipt;
import dev.recount.store.Retained;
import dev.recount.store.Retention;
import dev.recount.store.RetentionRecord;
import dev.recount.store.RetentionRefused;
import dev.recount.store.StoreClosed;
import dev.recount.store.StoreUnavailable;
import dev.recount.store.jdbc.ModelOptions;
import dev.recount.store.jdbc.ModelStatements;
import dev.recount.store.jdbc.ReadModels;
import dev.recount.store.jdbc.VersionNotLive;
import dev.recount.store.jdbc.Withdrawal;
import dev.recount.transfer.TransferSource;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A log in one SQLite file.
 *
 * <p>Any number of stores, threads and processes on one machine may read and append to the same file at once. The file refuses to
 * have events changed or removed, whoever asks; its format is documented and readable with any SQLite tool. While it is open,
 * SQLite keeps two files beside it ({@code -wal}, {@code -shm}), and writers one more ({@code -turn}), which may stay.
 *
 * <p>A file that is removed, moved or replaced while it is open is noticed: appends and {@link #info} are refused, and so is who waits.
 * Reads give what they did before until the store is closed.
 *
 * <p>It does not work over network file systems, whose locks cannot be trusted.
 *
 * <pre>{@code
 * try (SqliteEventStore store = SqliteEventStore.open(path)) {
 *     store.append(Append.of(List.of(NewEvent.of("bead.created", "{}"))));
 * }
 * }</pre>
 *
 * <p>Rows that other hands made unreadable stop no read: unreadable tags or metadata read as none, an unreadable time as the epoch,
 * data as the text that is there. {@link #check} reports them. Thread-safe.
 */
public final class SqliteEventStore implements SqlEventStore {

    private final SharedFile file;
    private final OpenedFile opened;
    private final LogReader readers;
    private final @Nullable Writer writer;
    private final @Nullable Appends appends;
    private final InstantSource clock;
    private final ReadModels readModels;
    private final CommitSignal.Watch watch;
    private final AtomicBoolean closed = new AtomicBoolean();
    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile @Nullable String logId;

    SqliteEventStore(
            SharedFile file,
            OpenedFile opened,
            LogReader readers,
            @Nullable Writer writer,
            Supplier<Writer> modelWriters,
            SqliteOptions options,
            Tuning tuning) {
        this.file = file;
        this.opened = opened;
        this.readers = readers;
        this.writer = writer;
        this.clock = options.clock();
        this.watch = new CommitSignal.Watch(
                file.path().toString(),
                this::lookAtHead,
                closed::get,
                tuning.storeLooks(),
                signal -> tuning.watch().join(file.path(), signal));
        ModelFile written = new ModelFile(file.path(), options.clock());
        ModelOptions models = options.readModels();
        ModelParts parts = new ModelParts(file, written, modelWriters, readers, closing, watch);
        this.readModels = new ReadModels(models, parts);
        this.appends = writer == null ? null : new Appends(file, writer, this::transaction);
    }

    /**
     * Opens a log with the default options; creates it where the file does not exist or is empty.
     *
     * @throws StoreUnavailable where the file cannot be opened or created
     * @throws dev.recount.store.LogCorrupt where it is something else than a log, or damaged
     */
    public static SqliteEventStore open(Path file) {
        return open(file, SqliteOptions.defaults());
    }

    /**
     * Opens a log; creates it where the file does not exist or is empty. Read models of another version are built anew, which
     * takes its time for a long log; other writers and readers go on meanwhile. A build that was broken off goes on where it was.
     *
     * @throws StoreUnavailable where the file cannot be opened or created
     * @throws dev.recount.store.LogCorrupt where it is something else than a log, or damaged
     */
    public static SqliteEventStore open(Path file, SqliteOptions options) {
        return Opening.toWrite(file, options, Tuning.DEFAULT);
    }

    /**
     * Opens a log to read. Nothing is created or changed, not even beside the file, which may be on a read-only disk. Only where
     * a crash left a {@code -wal} file, SQLite adds its {@code -shm} file. A log whose events were removed or added past its
     * head by force can still be read, and {@link #check} tells what is wrong with it.
     *
     * @throws StoreUnavailable where the file does not exist or cannot be read
     * @throws dev.recount.store.LogCorrupt where it is something else than a log, or damaged
     */
    public static SqliteEventStore openReadOnly(Path file) {
        return Opening.toRead(file);
    }

    @Override
    public Page read(Query query, ReadOptions readOptions) {
        requireOpen();
        return readers.read(session -> PageReader.read(session, query, readOptions));
    }

    @Override
    public Optional<PackedPage> readPacked(Query query, ReadOptions readOptions) {
        requireOpen();
        requireOldestFirst(readOptions);
        return Optional.of(readers.read(session -> PackedPageReader.read(session, query, readOptions)));
    }

    @Override
    public Appended append(Append append) {
        requireOpen();
        if (append.events().isEmpty() && append.receiptKey().isEmpty()) {
            throw new IllegalArgumentException(
                    "An append of no events stores nothing. Give an event, or a receipt key to remember the outcome by.");
        }
        if (appends == null) {
            throw readOnly();
        }
        return appends.append(append);
    }

    @Override
    public Optional<Receipt> receipt(String key) {
        requireOpen();
        return readers.read(session -> Receipts.find(session, key));
    }

    @Override
    public boolean awaitAfter(long sequence, Duration timeout) throws InterruptedException {
        requireOpen();
        return file.signal().awaitAfter(sequence, timeout, watch);
    }

    private long lookAtHead() {
        requireThere();
        return readers.read(LogRow::head);
    }

    // What is only read is opened anew where its file changed.
    private void requireThere() {
        if (writer != null) {
            opened.requireThere();
        }
    }

    @Override
    public LogInfo info() {
        requireOpen();
        requireThere();
        return readers.read(session -> LogRow.load(session, file.path()).info());
    }

    @Override
    public long sequenceAt(Instant time) {
        requireOpen();
        return readers.read(
                reader -> OneView.of(reader, session -> MomentFinder.sequenceAt(session, file.path(), time)));
    }

    @Override
    public Optional<String> chainAt(long sequence) {
        requireOpen();
        return readers.read(session -> LogRow.chainAt(session, sequence));
    }

    @Override
    public Map<Long, String> chainsAt(Collection<Long> sequences) {
        requireOpen();
        return readers.read(session -> LogRow.chainsAt(session, sequences));
    }

    /**
     * Looks through the whole file: SQLite's own integrity check, every event's form, order and hash, the tag index, receipts,
     * and how far read models, consumers and reactors are. Appends go on meanwhile. Its time grows with the log; its memory does not.
     *
     * @throws StoreUnavailable where the log cannot be read now
     * @throws StoreClosed after {@link #close}
     */
    public LogCheck check() {
        return check(sequence -> {});
    }

    /** As {@link #check()}, and tells again and again the sequence up to which events were looked at. */
    public LogCheck check(LongConsumer progress) {
        requireOpen();
        return readers.read(session -> new LogChecker(session, file.path(), progress).check());
    }

    @Override
    public Verification verify(SqlReadModel model) {
        requireOpen();
        return new ModelVerifier(readers, file.path(), logId(), model).verify();
    }

    @Override
    public List<Verification> verify() {
        requireOpen();
        return readModels.all().stream().map(this::verifyWhereLive).toList();
    }

    private Verification verifyWhereLive(SqlReadModel model) {
        try {
            return verify(model);
        } catch (VersionNotLive e) {
            return e.asDifference();
        }
    }

    /**
     * Removes the oldest events for good, a few at a time, so that appends go on between. It never removes what a consumer has
     * yet to read: read models of this file, and whoever is registered with {@link #consumers}. What is left still verifies
     * against the hash that the file keeps of the last event removed. The file does not become smaller; its room is used again.
     *
     * <p>Whoever is killed or stops in the middle leaves a log with a floor in between, as if less had been asked for. Each run
     * leaves a record, which {@link #retentions} gives.
     *
     * @throws RetentionRefused where a consumer has not read as far; names it
     * @throws CancellationException where it was told to stop, or its thread is interrupted, between two batches
     * @throws StoreUnavailable where the log was opened to read only, or cannot be written now
     * @throws StoreClosed after {@link #close}
     */
    public Retained retain(Retention retention) {
        requireOpen();
        return new RetentionRun(this, file.path(), retention, clock).run();
    }

    /** What was removed from this log by {@link #retain}, oldest first. */
    public List<RetentionRecord> retentions() {
        requireOpen();
        return readers.read(RetentionRecords::list);
    }

    /** Those on whom retention waits. */
    public LogConsumers consumers() {
        return new SqliteConsumers(this, file.path(), clock);
    }

    /**
     * This log for who moves or copies it to where it stays the same log, such as a rig in PostgreSQL. Once it was moved, nothing can be appended
     * here, and everything can be read.
     */
    public TransferSource transferSource() {
        requireOpen();
        return new SqliteTransferSource(this, clock);
    }

    @Override
    public List<Map<String, @Nullable Object>> query(String sql, @Nullable Object... arguments) {
        requireOpen();
        ModelStatements.requireQuery(sql);
        return readers.read(session -> {
            try {
                return session.rowsOfNow(sql, arguments);
            } catch (SQLException e) {
                throw ModelStatements.failed(sql, e, new ModelFile(file.path(), clock));
            }
        });
    }

    @Override
    public List<ReadModelStatus> readModels() {
        requireOpen();
        return readModels.statuses();
    }

    @Override
    public boolean awaitApplied(String readModel, long sequence, Duration timeout) throws InterruptedException {
        requireOpen();
        return readModels.awaitApplied(readModel, sequence, timeout);
    }

    @Override
    public void rebuild(String readModel) {
        requireWritable();
        readModels.rebuild(readModel);
    }

    @Override
    public boolean resume(String readModel) {
        requireWritable();
        return readModels.resume(readModel);
    }

    @Override
    public void withdraw(String readModel) {
        requireWritable();
        readModels.requireNotKept(readModel);
        write(session -> {
            Withdrawal.run(session, readModel, new ModelFile(file.path(), clock));
            return true;
        });
    }

    private void requireWritable() {
        requireOpen();
        if (writer == null) {
            throw readOnly();
        }
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            closing.countDown();
            file.signal().wakeAll();
            readModels.close();
            readers.close();
            if (appends != null) {
                appends.close();
            }
            file.release();
        }
    }

    /** The log's id, which an open file keeps. */
    String logId() {
        String known = logId;
        if (known == null) {
            known = info().logId();
            logId = known;
        }
        return known;
    }

    /** The file that it was opened from. */
    OpenedFile opened() {
        return opened;
    }

    /** How far the log is. */
    LogRow.Position position() {
        requireOpen();
        return readers.read(LogRow::position);
    }

    /** Reads through one of the connections that read. */
    <T> T look(Readers.Work<T> work) {
        requireOpen();
        return readers.read(work);
    }

    /** The id that the log had when it was opened. */
    void keepTo(String id) {
        logId = id;
    }

    /** Runs work on a connection that only reads. */
    <T> T readOn(Readers.Work<T> work) {
        requireOpen();
        return readers.read(work);
    }

    /** An append inside a transaction that holds the write lock. */
    AppendTransaction transaction(Session session) throws SQLException {
        return new AppendTransaction(session, file.path(), clock, readModels);
    }

    /** Runs work in one transaction that holds the write lock. */
    <T> T write(Writer.Work<T> work) {
        if (writer == null) {
            throw readOnly();
        }
        return writer.inTransaction(work, this::storeClosed);
    }

    private StoreUnavailable readOnly() {
        return new StoreUnavailable(
                "Log " + file.path() + " was opened to read only, so nothing was stored. Open it with open to append.",
                null);
    }

    void openReadModels() {
        readModels.open();
    }

    /** How many connections are open and idle. */
    int connections() {
        return readers.idle() + (writer != null && writer.isConnected() ? 1 : 0);
    }

    void checkFormat() {
        readers.read(session -> {
            SqliteLibrary.requireSafe(session);
            LogFile.check(session, file.path());
            return true;
        });
    }

    private static void requireOldestFirst(ReadOptions readOptions) {
        if (readOptions.isNewestFirst()) {
            throw new IllegalArgumentException("A packed page was asked for newest first (" + readOptions
                    + "), and it is oldest first. Leave newestFirst out, or use read.");
        }
    }

    private void requireOpen() {
        if (closed.get()) {
            throw storeClosed();
        }
    }

    private StoreClosed storeClosed() {
        return new StoreClosed(file.path().toString());
    }

    @Override
    public String toString() {
        return file.path().toString();
    }
}
