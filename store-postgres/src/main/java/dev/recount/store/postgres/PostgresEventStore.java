package dev.recount.store.postgres;

import dev.recount.replay.Verification;
import dev.recount.sql.ReadModelStatus;
import dev.recount.sql.SqlEventStore;
import dev.recount.sql.SqlReadModel;
import dev.recount.store.Append;
import dev.recount.store.Appended;
import dev.recount.store.LogCheck;
import dev.recount.store.LogConsumers;
import dev.recount.store.LogCorrupt;
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
import dev.recount.transfer.TransferSource;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongConsumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A log in a PostgreSQL database, which may hold many.
 *
 * <p>Any number of stores, threads and processes may read and append to the same rig at once. Appends of one rig take turns and become visible in the
 * order of their sequences, so a reader that goes on from a sequence misses nothing; rigs never wait for each other. The database refuses to have
 * events changed or removed, whoever asks.
 *
 * <pre>{@code
 * try (PostgresEventStore store = PostgresEventStore.open(dataSource, "gastown")) {
 *     store.append(Append.of(List.of(NewEvent.of("bead.created", "{}"))));
 * }
 * }</pre>
 *
 * <p>A connection that breaks, or a server that restarts, is waited for until the busy timeout is over. Where it happened while an append was
 * committed, the store asks the server how that ended; only where nobody answers in time, it says that it cannot tell. How much an append survives
 * once it has returned is the server's to say: with its default, {@code synchronous_commit = on}, a power cut. Where that is {@code off}, an
 * append is on the disk all the same.
 *
 * <p>The {@code DataSource} of a streaming replica gives a log to read from: feeds, replays and verification do. There it holds what the primary
 * held a moment ago, never with a gap; whatever writes is refused with a {@code StoreUnavailable}. A replica that becomes the primary
 * is written to from then on, by the same store. One store reads from one server: of several that lag differently its head would go back. Thread-safe.
 */
public final class PostgresEventStore implements SqlEventStore {

    private final PostgresTown town;
    private final Database database;
    private final Rig rig;
    private final Appends appends;
    private final RigModels models;
    private final boolean closesTown;
    private final AtomicBoolean closed = new AtomicBoolean();

    PostgresEventStore(PostgresTown town, PostgresTown.RigParts parts) {
        this(town, parts.rig(), parts.appends(), parts.models(), false);
    }

    private PostgresEventStore(PostgresTown town, Rig rig, Appends appends, RigModels models, boolean closesTown) {
        this.town = town;
        this.database = town.database();
        this.rig = rig;
        this.appends = appends;
        this.models = models;
        this.closesTown = closesTown;
    }

    /**
     * Opens a rig with the default options; creates it, and the schema, where there is none.
     *
     * @param rig 1 to 64 letters, digits, {@code _}, {@code -} or {@code .}, not {@code .} first
     * @throws StoreUnavailable where the server cannot be reached, or the role may not do what is needed
     * @throws LogCorrupt where the schema holds something else than rigs
     */
    public static PostgresEventStore open(DataSource dataSource, String rig) {
        return open(dataSource, rig, PostgresOptions.defaults());
    }

    /**
     * Opens a rig; creates it, and the schema, where there is none. Who opens many rigs of one database opens a {@link PostgresTown},
     * which listens for all of them over one connection.
     *
     * @param rig 1 to 64 letters, digits, {@code _}, {@code -} or {@code .}, not {@code .} first
     * @throws StoreUnavailable where the server cannot be reached, or the role may not do what is needed
     * @throws LogCorrupt where the schema holds something else than rigs
     */
    public static PostgresEventStore open(DataSource dataSource, String rig, PostgresOptions options) {
        Rig.requireName(rig);
        PostgresTown town = PostgresTown.open(dataSource, options);
        try {
            PostgresEventStore store = town.rig(rig);
            return new PostgresEventStore(town, store.rig, store.appends, store.models, true);
        } catch (RuntimeException | Error e) {
            town.close();
            throw e;
        }
    }

    @Override
    public Page read(Query query, ReadOptions options) {
        return look(session -> PageReader.read(session, rig, query, options));
    }

    @Override
    public Optional<PackedPage> readPacked(Query query, ReadOptions options) {
        if (options.isNewestFirst()) {
            throw new IllegalArgumentException("A packed page was asked for newest first (" + options
                    + "), and it is oldest first. Leave newestFirst out, or use read.");
        }
        return Optional.of(look(session -> PackedPageReader.read(session, rig, query, options)));
    }

    @Override
    public Appended append(Append append) {
        requireOpen();
        if (append.events().isEmpty() && append.receiptKey().isEmpty()) {
            throw new IllegalArgumentException(
                    "An append of no events stores nothing. Give an event, or a receipt key to remember the outcome by.");
        }
        return appends.append(append);
    }

    @Override
    public Optional<Receipt> receipt(String key) {
        return look(session -> Receipts.find(session, rig, key));
    }

    @Override
    public boolean awaitAfter(long sequence, Duration timeout) throws InterruptedException {
        requireOpen();
        return town.heads().awaitAfter(rig, sequence, timeout, () -> lookAndListen(sequence), this::isClosed);
    }

    // A single look costs less than a connection that listens.
    private void lookAndListen(long sequence) {
        long head = look(rig::head);
        town.heads().publish(rig.key(), head);
        if (head <= sequence) {
            town.listener().start();
        }
    }

    @Override
    public LogInfo info() {
        return look(rig::info);
    }

    /**
     * What tells the history up to a sequence from any other: the hash there.
     *
     * @return 64 hexadecimal digits; empty where the log has no such sequence: below its floor or above its head
     * @throws StoreUnavailable where the log cannot be read now, or is a replica that has not come as far
     * @throws StoreClosed after {@link #close}
     */
    @Override
    public Optional<String> chainAt(long sequence) {
        return look(session -> rig.chainOnceThere(session, sequence));
    }

    @Override
    public Map<Long, String> chainsAt(Collection<Long> sequences) {
        return look(session -> rig.chainsAt(session, sequences));
    }

    /**
     * Looks through all that is stored of this rig: every event's form, order and hash, the table of tags, receipts, how far consumers and
     * reactors are, and the read models, where the role may read what is kept of them. Appends go on meanwhile. Its time grows with the log; its memory does not.
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
        return new LogChecker(this, rig, models, progress).check();
    }

    /**
     * What was removed from this log by {@link #retain}, oldest first.
     *
     * @throws StoreClosed after {@link #close}
     */
    public List<RetentionRecord> retentions() {
        return look(session -> RetentionRecords.list(session, rig));
    }

    /** Those who read this log, and how far; retention waits for them. */
    public LogConsumers consumers() {
        return new PostgresConsumers(this, rig);
    }

    /**
     * Removes the oldest events for good, a few at a time, so that appends go on between. It never removes what a consumer has yet
     * to read: reactors, read models, and whoever is registered with {@link #consumers}. What is left still verifies against the hash that is kept of the last event removed. The role must own the schema.
     *
     * <p>Whoever is killed or stops in the middle leaves a log with a floor in between, as if less had been asked for. Each run leaves a
     * record, which {@link #retentions} gives.
     *
     * @throws RetentionRefused where a consumer has not read as far; names it
     * @throws CancellationException where it was told to stop, or its thread is interrupted, between two batches
     * @throws StoreUnavailable where the role does not own the schema, or nothing can be written now
     * @throws StoreClosed after {@link #close}
     */
    public Retained retain(Retention retention) {
        requireOpen();
        return new RetentionRun(this, rig, retention, database.options().clock()).run();
    }

    /**
     * This log for who moves or copies it to where it stays the same log, such as another database. Once it was moved, nothing can be appended
     * here, and everything can be read.
     */
    public TransferSource transferSource() {
        requireOpen();
        return new PostgresTransferSource(this);
    }

    /** The plain names of the read models' tables are found before all others. It sees one state of the database. */
    @Override
    public List<Map<String, @Nullable Object>> query(String sql, @Nullable Object... arguments) {
        requireOpen();
        return models.query(sql, arguments);
    }

    @Override
    public List<ReadModelStatus> readModels() {
        requireOpen();
        return models.kept().statuses();
    }

    @Override
    public boolean awaitApplied(String readModel, long sequence, Duration timeout) throws InterruptedException {
        requireOpen();
        return models.kept().awaitApplied(readModel, sequence, timeout);
    }

    @Override
    public void rebuild(String readModel) {
        requireOpen();
        models.kept().rebuild(readModel);
    }

    @Override
    public boolean resume(String readModel) {
        requireOpen();
        return models.kept().resume(readModel);
    }

    @Override
    public void withdraw(String readModel) {
        requireOpen();
        models.withdraw(readModel);
    }

    /**
     * {@inheritDoc}
     *
     * <p>It is done in one transaction, whose temporary tables nobody else sees; the role needs the right to make some. Values are compared as
     * the texts that they are shown as.
     */
    @Override
    public Verification verify(SqlReadModel model) {
        requireOpen();
        return models.verify(model);
    }

    @Override
    public List<Verification> verify() {
        requireOpen();
        return models.verify();
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            if (closesTown) {
                town.close();
            } else {
                town.heads().wakeAll();
            }
        }
    }

    private boolean isClosed() {
        return closed.get() || town.isClosed();
    }

    private void requireOpen() {
        if (isClosed()) {
            throw new StoreClosed(rig.name());
        }
    }

    Rig rig() {
        return rig;
    }

    /** Lets inline read models take in what was copied here, so that no append has to. */
    void catchUp() {
        requireOpen();
        models.catchUp();
    }

    /** Reads on a connection of its own. */
    <T> T look(Database.Work<T> work) {
        requireOpen();
        return database.read(rig.toString(), work);
    }

    /** Runs one transaction. */
    <T> T write(Database.Work<T> work) {
        requireOpen();
        return database.write(rig.toString(), work);
    }

    Instant now() {
        return database.options().clock().instant();
    }

    /** Runs one transaction that may be run twice. */
    <T> T writeAgain(Database.Work<T> work) {
        requireOpen();
        return database.writeAgain(rig.toString(), work);
    }

    Duration busyTimeout() {
        return database.options().busyTimeout();
    }

    @Override
    public String toString() {
        return rig.toString();
    }
}
