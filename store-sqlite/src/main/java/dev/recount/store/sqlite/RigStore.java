package dev.recount.store.sqlite;

import dev.recount.store.Append;
import dev.recount.store.Appended;
import dev.recount.store.EventStore;
import dev.recount.store.LogInfo;
import dev.recount.store.PackedPage;
import dev.recount.store.Page;
import dev.recount.store.Query;
import dev.recount.store.ReadOptions;
import dev.recount.store.Receipt;
import dev.recount.store.StoreClosed;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A rig of a town: it has the rig's file open for the time of a call only, and waits without having it open. Thread-safe. */
final class RigStore implements EventStore {

    private final String name;
    private final Path file;
    private final OpenRigs rigs;
    private final RigHeads heads;
    private final BooleanSupplier townClosed;
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile @Nullable String logId;

    RigStore(String name, Path file, OpenRigs rigs, RigHeads heads, BooleanSupplier townClosed) {
        this.name = name;
        this.file = file;
        this.rigs = rigs;
        this.heads = heads;
        this.townClosed = townClosed;
    }

    @Override
    public Page read(Query query, ReadOptions options) {
        return with(store -> store.read(query, options));
    }

    @Override
    public Optional<PackedPage> readPacked(Query query, ReadOptions options) {
        return with(store -> store.readPacked(query, options));
    }

    @Override
    public Appended append(Append append) {
        Appended appended = with(store -> store.append(append));
        heads.appended(name, appended.last());
        return appended;
    }

    @Override
    public Optional<Receipt> receipt(String key) {
        return with(store -> store.receipt(key));
    }

    @Override
    public LogInfo info() {
        return with(SqliteEventStore::info);
    }

    @Override
    public long sequenceAt(Instant time) {
        return with(store -> store.sequenceAt(time));
    }

    @Override
    public Optional<String> chainAt(long sequence) {
        return with(store -> store.chainAt(sequence));
    }

    @Override
    public Map<Long, String> chainsAt(Collection<Long> sequences) {
        return with(store -> store.chainsAt(sequences));
    }

    @Override
    public boolean awaitAfter(long sequence, Duration timeout) throws InterruptedException {
        if (info().head() > sequence) {
            return true;
        }
        SharedFile shared = SharedFile.of(LogPath.toOpen(file));
        try {
            Tuning tuning = heads.tuning();
            CommitSignal.Watch watch = new CommitSignal.Watch(
                    file.toString(),
                    new Look()::head,
                    this::isClosed,
                    tuning.rigLooks(),
                    signal -> tuning.watch().join(shared.path(), signal));
            return shared.signal().awaitAfter(sequence, timeout, watch);
        } finally {
            shared.release();
        }
    }

    /** Looks at the file's size and time, and opens it only where they changed. */
    private final class Look {
        private FileStamp stamp = FileStamp.NEVER;
        private long head;

        long head() {
            FileStamp now = FileStamp.of(file);
            if (!now.equals(stamp) || now.equals(FileStamp.NEVER)) {
                head = isClosed() ? head : info().head();
                stamp = now.orNever();
            }
            return head;
        }
    }

    <T> T with(Function<SqliteEventStore, T> work) {
        if (isClosed()) {
            throw new StoreClosed(file.toString());
        }
        return rigs.with(name, store -> {
            requireSameLog(store.logId());
            return work.apply(store);
        });
    }

    // The town may have closed the file meanwhile, and somebody put another one in its place.
    private void requireSameLog(String found) {
        String expected = logId;
        if (expected == null) {
            logId = found;
        } else {
            Opening.requireSame(expected, found, file);
        }
    }

    private boolean isClosed() {
        return closed.get() || townClosed.getAsBoolean();
    }

    /** Closes this view of the rig; its file is closed when the town needs the place or is closed itself. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true) && Files.exists(file)) {
            SharedFile shared = SharedFile.of(LogPath.toOpen(file));
            shared.signal().wakeAll();
            shared.release();
        }
    }

    @Override
    public String toString() {
        return file.toString();
    }
}
