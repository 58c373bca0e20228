package dev.recount.examples.changefeed;

import dev.recount.replay.Replayed;
import dev.recount.store.sqlite.SqliteEventStore;
import java.io.PrintStream;
import java.nio.file.Path;

/** The projects, made from the stream alone, and printed as they change. Thread-safe. */
final class Mirror implements Follower.Listener {

    private static final WorkProjector PROJECTOR = new WorkProjector();

    private final PrintStream out;
    private WorkState work = WorkState.empty();
    private long sequence;
    private long changes;
    private String lostAt = "";

    Mirror(PrintStream out) {
        this.out = out;
    }

    @Override
    public synchronized void changed(Change change) {
        if (change.sequence() != sequence + 1) {
            out.println("--- " + sequence + " was followed by " + change.sequence());
        }
        work = PROJECTOR.projectAll(work, change.events());
        sequence = change.sequence();
        changes++;
        out.println(ChangeLine.of(change));
        notifyAll();
    }

    @Override
    public synchronized void unreadable(long missed, String type) {
        sequence = missed;
        out.println("--- " + missed + ", a " + type + ", came without its content: what is shown may lack it");
        notifyAll();
    }

    @Override
    public synchronized void reset(String data) {
        work = WorkState.empty();
        out.println("--- the log is another one now: " + data);
    }

    @Override
    public synchronized void lost(String cursor) {
        if (!cursor.equals(lostAt)) {
            lostAt = cursor;
            out.println("--- the connection is lost; to be resumed after " + cursor);
        }
    }

    synchronized void awaitMore(int count) throws InterruptedException {
        long enough = changes + count;
        while (changes < enough) {
            wait();
        }
    }

    /** Waits until it has everything, and tells whether that is what a replay gives. */
    String comparedWith(Path file) throws InterruptedException {
        try (SqliteEventStore store = SqliteEventStore.openReadOnly(file)) {
            Replayed<WorkState> replayed =
                    WorkLog.in(store).replay(new WorkProjector()).run();
            synchronized (this) {
                while (sequence < replayed.sequence()) {
                    wait();
                }
                String equal = work.equals(replayed.state()) ? "equal" : "DIFFER from";
                return "--- " + changes + " changes up to " + sequence + "; the projects made from the stream " + equal
                        + " a replay of the file";
            }
        }
    }
}
