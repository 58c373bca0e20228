package dev.recount.store.jdbc;

import dev.recount.internal.log.Interrupts;
import dev.recount.sql.SqlReadModel;
import dev.recount.store.EventStoreException;
import dev.recount.store.StoreClosed;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread of one read model: it builds what is to be built, and keeps an async model at the head of the log until the store is
 * closed. An event that cannot be applied is not tried again by it; what fails for the file or for memory is, less and less often.
 */
final class ModelThread {

    private static final Logger LOG = LoggerFactory.getLogger(SqlReadModel.class);
    private static final long FIRST_PAUSE_MILLIS = 100;
    private static final long LONGEST_PAUSE_MILLIS = 30_000;

    private final KeptModel kept;
    private final ModelStore parts;
    private final Supplier<ModelWorker> workers;
    private final Wait wait;
    private final Thread thread;
    private long pauseMillis = FIRST_PAUSE_MILLIS;

    /** Waits until the log has more than that. */
    interface Wait {
        void after(long head) throws InterruptedException;
    }

    ModelThread(KeptModel kept, ModelStore parts, Supplier<ModelWorker> workers, Wait wait) {
        this.kept = kept;
        this.parts = parts;
        this.workers = workers;
        this.wait = wait;
        this.thread = new Thread(this::run, "recount-model-" + kept.name());
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Waits for its end, which comes soon after the store is closed. */
    void join(Interrupts interrupts) {
        while (thread.isAlive() && thread != Thread.currentThread()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupts.remember();
            }
        }
    }

    private void run() {
        try (ModelWorker worker = workers.get()) {
            while (!round(worker)) {
                parts.requireOpen();
            }
        } catch (StoreClosed | InterruptedException end) {
            LOG.debug(
                    "Read model {} of {} is left at its checkpoint",
                    kept.name(),
                    parts.log().name());
        } catch (RuntimeException | Error e) {
            LOG.error(
                    "Read model {} of {} is kept no longer",
                    kept.name(),
                    parts.log().name(),
                    e);
        }
    }

    private boolean round(ModelWorker worker) throws InterruptedException {
        try {
            boolean done = work(worker);
            pauseMillis = FIRST_PAUSE_MILLIS;
            return done;
        } catch (StoreClosed e) {
            throw e;
        } catch (EventStoreException | VirtualMachineError e) {
            // Memory that ran out comes back as the file does.
            LOG.warn("Read model {} waits {} ms: {}", kept.name(), pauseMillis, e.toString());
            parts.pause(pauseMillis);
            pauseMillis = Math.min(2 * pauseMillis, LONGEST_PAUSE_MILLIS);
            return false;
        }
    }

    private boolean work(ModelWorker worker) throws InterruptedException {
        if (worker.isBuilding()) {
            worker.build();
        }
        worker.clean();
        if (kept.isInline()) {
            return true;
        }
        wait.after(worker.catchUp().head());
        return false;
    }
}
