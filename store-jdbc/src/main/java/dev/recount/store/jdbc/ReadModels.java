package dev.recount.store.jdbc;

import dev.recount.event.StoredEvent;
import dev.recount.internal.log.Interrupts;
import dev.recount.sql.ReadModelStatus;
import dev.recount.sql.SqlReadModel;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongConsumer;

/** The read models that a store keeps: inline ones in each append, the others by threads. Thread-safe. */
public final class ReadModels {

    private final ModelOptions options;
    private final ModelStore parts;
    private final List<LiveTables> inline = new ArrayList<>();
    private final List<ModelThread> threads = new ArrayList<>();
    private final Map<String, ModelSignal> applied = new ConcurrentHashMap<>();

    /** Nothing is begun. */
    public ReadModels(ModelOptions options, ModelStore parts) {
        this.options = options;
        this.parts = parts;
        for (KeptModel kept : options.models()) {
            if (kept.isInline()) {
                inline.add(new LiveTables(kept, parts.log()));
            }
        }
    }

    /** Those that the store was opened with. */
    public List<SqlReadModel> all() {
        return options.models().stream().map(KeptModel::model).toList();
    }

    /** Whether appends have nothing to do for read models. */
    public boolean isEmpty() {
        return inline.isEmpty();
    }

    /** Takes new events in, which come directly after {@code before}, in the transaction of their append. */
    public void apply(ModelSession writer, long before, List<StoredEvent> events) throws SQLException {
        for (LiveTables tables : inline) {
            tables.apply(writer, before, events);
        }
    }

    /** Builds what is of another version, lets inline models catch up, and starts the threads. */
    public void open() {
        for (KeptModel kept : options.models()) {
            try (ModelWorker worker = worker(kept)) {
                open(kept, worker);
            }
        }
        threads.forEach(ModelThread::start);
    }

    private void open(KeptModel kept, ModelWorker worker) {
        boolean wanted = parts.read(session -> !ModelRows.exist(session)
                || StagedTables.isWanted(session, kept)
                || StagedTables.hasAbandoned(session, kept));
        if (wanted) {
            worker.beginWhereWanted();
        }
        if (!options.inBackground() && worker.isBuilding()) {
            worker.build();
        }
        boolean leftToDo = options.inBackground() && (worker.isBuilding() || worker.hasLeftovers());
        if (!options.inBackground()) {
            worker.clean();
        }
        if (kept.isInline()) {
            worker.catchUp();
        }
        if (leftToDo || !kept.isInline()) {
            threads.add(new ModelThread(kept, parts, () -> worker(kept), parts::awaitAfter));
        }
    }

    /** Lets inline models take in what the log has got since, by other means than appends. */
    public void catchUp() {
        for (KeptModel kept : options.models()) {
            if (kept.isInline()) {
                try (ModelWorker worker = worker(kept)) {
                    worker.catchUp();
                }
            }
        }
    }

    private ModelWorker worker(KeptModel kept) {
        return new ModelWorker(kept, parts, options.judge(), telling(kept));
    }

    private LongConsumer telling(KeptModel kept) {
        return signal(kept.name())::publish;
    }

    private ModelSignal signal(String name) {
        return applied.computeIfAbsent(name, any -> parts.signal());
    }

    /** Builds a model of the same version anew beside its live tables. */
    public void rebuild(String name) {
        KeptModel kept = require(name);
        requireAllEvents(name);
        try (ModelWorker worker = worker(kept)) {
            worker.beginRebuild();
            StepResult.Kind built = worker.build().kind();
            if (built == StepResult.Kind.STOPPED) {
                throw stopped(statusOf(name));
            }
            requireOwn(built, kept);
        }
    }

    // Another program was quicker with another version.
    private void requireOwn(StepResult.Kind done, KeptModel kept) {
        if (done == StepResult.Kind.OTHER_VERSION) {
            throw new StagedTables(kept, parts.log(), false)
                    .otherVersion(statusOf(kept.name()).version());
        }
    }

    private void requireAllEvents(String name) {
        long floor = parts.read(ModelSession::position).floor();
        if (floor > 0) {
            throw new IllegalStateException("Read model '" + name + "' was not built anew: events up to " + floor
                    + " were removed by retention, and what rests on them would be lost. Give it another version to have"
                    + " it built from what is left.");
        }
    }

    /** Lets a model that stopped try again; false where it stopped again. */
    public boolean resume(String name) {
        KeptModel kept = require(name);
        boolean inQuarantine = statusOf(name).failures().stream()
                .anyMatch(failure -> failure.tag().isPresent());
        try (ModelWorker worker = worker(kept)) {
            worker.resume();
            StepResult.Kind built = worker.isBuilding() ? worker.build().kind() : StepResult.Kind.DONE;
            StepResult.Kind caughtUp = worker.catchUp().kind();
            if (built == StepResult.Kind.STOPPED || caughtUp == StepResult.Kind.STOPPED) {
                return false;
            }
            requireOwn(caughtUp, kept);
        }
        if (inQuarantine) {
            // What was left out has its place in the order: only the whole log gives what it would have given.
            rebuild(name);
        }
        return true;
    }

    private KeptModel require(String name) {
        return find(name)
                .orElseThrow(() -> new IllegalArgumentException("Read model '" + name
                        + "' is not kept by this store; it has "
                        + options.models().stream().map(KeptModel::name).toList()
                        + ". Open the log with it, by withInline or withAsync."));
    }

    private Optional<KeptModel> find(String name) {
        return options.models().stream()
                .filter(kept -> kept.name().equals(name))
                .findFirst();
    }

    /** Refuses to take away a model that this store keeps, which would go on with it. */
    public void requireNotKept(String name) {
        if (find(name).isPresent()) {
            throw new IllegalArgumentException(
                    "Read model '" + name + "' is kept by this store and cannot be withdrawn."
                            + " Open the log without it, then withdraw it.");
        }
    }

    public List<ReadModelStatus> statuses() {
        return parts.read(session -> ModelStatuses.all(session, options.models()));
    }

    private ReadModelStatus statusOf(String name) {
        return statuses().stream()
                .filter(status -> status.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("Read model '" + name + "' is neither in "
                        + parts.log().name() + " nor kept by this store. Correct the name."));
    }

    /** Waits until a model has applied a sequence; false when the time is over. */
    public boolean awaitApplied(String name, long sequence, Duration timeout) throws InterruptedException {
        statusOf(name);
        return signal(name).awaitAfter(sequence - 1, timeout, () -> look(name, sequence));
    }

    private long look(String name, long sequence) {
        ReadModelStatus status = statusOf(name);
        boolean own = find(name).map(kept -> kept.version() == status.version()).orElse(status.version() != 0);
        long checkpoint = own ? status.checkpoint() : 0;
        if (checkpoint < sequence && isStopped(status, own)) {
            throw stopped(status);
        }
        return checkpoint;
    }

    // Live tables go on while a build beside them is stopped.
    private static boolean isStopped(ReadModelStatus status, boolean live) {
        return status.failures().stream().anyMatch(failure -> failure.tag().isEmpty() && failure.ofBuild() != live);
    }

    private static IllegalStateException stopped(ReadModelStatus status) {
        String why = status.failures().stream()
                .filter(failure -> failure.tag().isEmpty())
                .map(failure -> " at event " + failure.sequence() + ": " + failure.cause())
                .findFirst()
                .orElse("");
        return new IllegalStateException("Read model '" + status.name() + "' stopped" + why
                + ". Mend it, then resume it, or give it another version.");
    }

    /** Waits until its threads have ended, after the store was closed. */
    public void close() {
        applied.values().forEach(ModelSignal::wakeAll);
        Interrupts interrupts = new Interrupts();
        threads.forEach(thread -> thread.join(interrupts));
        interrupts.restore();
    }
}
