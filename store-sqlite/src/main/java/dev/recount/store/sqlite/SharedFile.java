package dev.recount.store.sqlite;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What all stores of this JVM on one file share: the order of their writers, the turn among processes, the wake-up.
 *
 * <p>An operating system gives file locks to a process, and takes all of them away when any descriptor of the file is closed.
 * So there is one channel for each file, and it is on a file of its own beside the log: never on the log itself, whose locks
 * are SQLite's. Thread-safe.
 */
final class SharedFile {

    private static final ReentrantLock REGISTRY_LOCK = new ReentrantLock();
    private static final Map<Path, SharedFile> REGISTRY = new HashMap<>();

    private final Path path;
    private final ReentrantLock writers = new ReentrantLock(true);
    private final CommitSignal signal = new CommitSignal();
    private @Nullable FileChannel turns;
    private int users;

    private SharedFile(Path path) {
        this.path = path;
    }

    /** The shared part of a file, for one more user. */
    static SharedFile of(Path realPath) {
        REGISTRY_LOCK.lock();
        try {
            SharedFile shared = REGISTRY.computeIfAbsent(realPath, SharedFile::new);
            shared.users++;
            return shared;
        } finally {
            REGISTRY_LOCK.unlock();
        }
    }

    /** One user fewer; the last one takes it away. */
    void release() {
        REGISTRY_LOCK.lock();
        try {
            if (--users == 0) {
                REGISTRY.remove(path);
                closeTurns();
            }
        } finally {
            REGISTRY_LOCK.unlock();
        }
    }

    /** The file's real path. */
    Path path() {
        return path;
    }

    /** First come, first served among the writers of this JVM. */
    ReentrantLock writers() {
        return writers;
    }

    /** The wake-up of those who wait for the log to grow. */
    CommitSignal signal() {
        return signal;
    }

    /** Takes the turn among processes where nobody has it. Only for the thread that holds {@link #writers}. */
    @Nullable
    FileLock tryTurn() throws IOException {
        try {
            return openTurns().tryLock();
        } catch (OverlappingFileLockException heldByAnotherClassLoader) {
            return null;
        } catch (ClosedChannelException closedByAnInterrupt) {
            turns = null;
            return null;
        }
    }

    private FileChannel openTurns() throws IOException {
        FileChannel open = turns;
        if (open == null) {
            Path beside = path.resolveSibling(path.getFileName() + "-turn");
            open = FileChannel.open(beside, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            turns = open;
        }
        return open;
    }

    private void closeTurns() {
        try {
            if (turns != null) {
                turns.close();
            }
        } catch (IOException nothingIsLost) {
            turns = null;
        }
    }
}
