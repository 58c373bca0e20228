package dev.recount.store.sqlite;

import dev.recount.event.NewEvent;
import dev.recount.event.Tags;
import dev.recount.snapshot.Snapshot;
import dev.recount.snapshot.SnapshotKey;
import dev.recount.sql.ReadModelStatus;
import dev.recount.store.Append;
import dev.recount.store.AppendConditionFailed;
import dev.recount.store.Appended;
import dev.recount.store.Page;
import dev.recount.store.Query;
import dev.recount.store.ReadOptions;
import dev.recount.store.Retention;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;

/** What a child process does. Every line on its standard output is one thing done: what it says was acknowledged before. */
final class ChildMain {

    private static final int THREADS = 4;

    private ChildMain() {}

    public static void main(String[] arguments) {
        endWithParent();
        Path file = Path.of(arguments[1]);
        switch (arguments[0]) {
            case "open" -> open(file);
            case "one" -> one(file);
            case "each" -> each(file);
            case "batches" -> batches(file, arguments[2]);
            case "retain" -> retain(file);
            case "copy" -> copy(file, Path.of(arguments[2]));
            case "snapshots" -> snapshots(file, arguments[2]);
            case "models" -> {
                new Thread(() -> models(file)).start();
                models(Path.of(arguments[2]));
            }
            case "compete" -> compete(file, arguments[2], Duration.ofMillis(Long.parseLong(arguments[3])));
            case "reactor" -> react(file, arguments[2], Path.of(arguments[3]));
            default -> throw new IllegalArgumentException(arguments[0]);
        }
    }

    // Who started it may be killed, too; nobody would be left to end it.
    private static void endWithParent() {
        ProcessHandle.current().parent().ifPresent(ChildMain::endWith);
    }

    private static void endWith(ProcessHandle parent) {
        var unused = parent.onExit().thenRun(() -> Runtime.getRuntime().halt(1));
    }

    /** Performs what is to be done, until it is killed. */
    private static void react(Path file, String kind, Path folder) {
        SqliteEventStore store = SqliteEventStore.open(file, ReactorChild.options());
        ReactorChild.start(store, ReactorChild.effect(kind, folder), InstantSource.system());
        say("running");
        awaitGo();
    }

    private static void open(Path file) {
        say("ready");
        awaitGo();
        try (SqliteEventStore store = SqliteEventStore.open(file)) {
            say(store.info().logId());
        }
    }

    private static void one(Path file) {
        try (SqliteEventStore store = SqliteEventStore.open(file)) {
            say("ready");
            awaitGo();
            say("appended " + store.append(Append.of(Events.numbered(1))).last());
        }
    }

    /** Removes everything, and tells the floor after each batch. */
    private static void retain(Path file) {
        try (SqliteEventStore store = SqliteEventStore.open(file)) {
            store.retain(Retention.newest(0).reportingTo(floor -> say("floor " + floor)));
        }
    }

    /** A copy that gets no further than its first event. */
    private static void copy(Path file, Path target) {
        try (SqliteEventStore store = SqliteEventStore.open(file)) {
            LogCopy.of(store)
                    .changing(stored -> {
                        say("copying");
                        awaitGo();
                        return List.of(NewEvent.again(stored));
                    })
                    .to(target);
        }
    }

    /** Snapshots of one key, of which the newest is to be kept. */
    private static void snapshots(Path file, String label) {
        say("ready");
        awaitGo();
        SnapshotKey key = new SnapshotKey("log-a", "seat", 1, "decision []");
        try (SqliteSnapshots snapshots = SqliteSnapshots.open(file)) {
            for (int sequence = 1; sequence <= 50; sequence++) {
                snapshots.save(new Snapshot(key, sequence, 1, label, "state of " + label));
            }
            say("saved " + snapshots.newest(key).orElseThrow().sequence());
        }
    }

    /** One event for each byte that comes in. */
    private static void each(Path file) {
        try (SqliteEventStore store = SqliteEventStore.open(file)) {
            say("ready");
            while (awaitGo() >= 0) {
                store.append(Append.of(Events.numbered(1)));
            }
        }
    }

    /** Labelled batches of several threads, so that it is killed in the middle of groups. */
    private static void batches(Path file, String label) {
        SqliteEventStore store = SqliteEventStore.open(file);
        for (int thread = 0; thread < THREADS; thread++) {
            String own = label + "-" + thread;
            new Thread(() -> batches(store, own)).start();
        }
    }

    private static void batches(SqliteEventStore store, String label) {
        for (int batch = 0; ; batch++) {
            int size = 1 + batch % 5;
            List<NewEvent> events = new ArrayList<>();
            for (int i = 0; i < size; i++) {
                events.add(NewEvent.of("numbered", "{\"of\":" + size + "}")
                        .withTags(Tags.of("batch", label + "-" + batch).and("bead", "gt-" + i)));
            }
            Appended appended = store.append(Append.of(events));
            say(appended.first() + " " + appended.last());
        }
    }

    /** Decisions of several threads on few, overlapping tags: each event tells up to where its decision had read. */
    private static void compete(Path file, String name, Duration duration) {
        AtomicLong longest = new AtomicLong();
        try (SqliteEventStore store =
                SqliteEventStore.open(file, SqliteOptions.defaults().withDurability(Durability.NORMAL))) {
            say("ready");
            awaitGo();
            long end = System.nanoTime() + duration.toNanos();
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                Random random = new Random(name.hashCode() + i);
                threads.add(new Thread(() -> compete(store, name, end, random, longest)));
            }
            threads.forEach(Thread::start);
            threads.forEach(ChildMain::join);
        }
        say("longest " + longest.get() / 1_000_000);
    }

    private static void compete(SqliteEventStore store, String name, long end, Random random, AtomicLong longest) {
        while (System.nanoTime() < end) {
            Tags seats = Tags.of("seat", "s" + random.nextInt(6)).and("seat", "s" + random.nextInt(6));
            long start = System.nanoTime();
            decide(store, name, seats);
            longest.accumulateAndGet(System.nanoTime() - start, Math::max);
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void decide(SqliteEventStore store, String name, Tags seats) {
        Query query = Query.none();
        for (String seat : seats.values("seat")) {
            query = query.or(Query.tagged("seat", seat));
        }
        Page page = store.read(query, ReadOptions.defaults().newestFirst().withLimit(1));
        List<NewEvent> events = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            events.add(NewEvent.of("taken", "{\"read\":" + page.upTo() + "}").withTags(seats.and("by", name)));
        }
        try {
            Appended appended = store.append(Append.of(events).when(page.unchanged()));
            say("appended " + appended.first() + " " + appended.last());
        } catch (AppendConditionFailed conflict) {
            say("refused");
        }
    }

    /** Appends to a log with an inline and an async model of ever higher versions, which are built and rebuilt meanwhile. */
    private static void models(Path file) {
        boolean runs = false;
        for (int next = nextVersion(file); ; next++) {
            int version = next;
            SqliteOptions options = SqliteOptions.defaults()
                    .withDurability(Durability.NORMAL)
                    .withInline(Counts.of("inline", version))
                    .withAsync(Counts.of("async", version))
                    .buildingInBackground();
            try (SqliteEventStore store = SqliteEventStore.open(file, options)) {
                if (!runs && store.info().head() == 0) {
                    store.append(Append.of(Events.numbered(2_000, "bead:1", "bead:2")));
                }
                if (!runs) {
                    say(0 + " in " + file);
                    runs = true;
                }
                appendUntilApplied(store, file);
                if (version % 2 == 0) {
                    Thread rebuild = new Thread(() -> store.rebuild(version % 4 == 0 ? "inline" : "async"));
                    rebuild.start();
                    for (int i = 0; i < 50; i++) {
                        appendSome(store, file);
                    }
                    join(rebuild);
                }
            }
        }
    }

    // What is being built goes on.
    private static int nextVersion(Path file) {
        try (SqliteEventStore store = SqliteEventStore.open(file)) {
            int live = 0;
            int built = 0;
            for (ReadModelStatus status : store.readModels()) {
                live = Math.max(live, status.version());
                built = status.build().map(ReadModelStatus.Build::version).orElse(built);
            }
            return built > 0 ? built : live + 1;
        }
    }

    private static void appendUntilApplied(SqliteEventStore store, Path file) {
        try {
            long last = appendSome(store, file);
            for (int i = 0; i < 20 || !isApplied(store, last); i++) {
                last = appendSome(store, file);
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean isApplied(SqliteEventStore store, long sequence) throws InterruptedException {
        return store.awaitApplied("inline", sequence, Duration.ofMillis(5))
                && store.awaitApplied("async", sequence, Duration.ofMillis(5));
    }

    private static long appendSome(SqliteEventStore store, Path file) {
        long last = store.append(Append.of(Events.numbered(2, "bead:" + System.nanoTime() % 7)))
                .last();
        say(last + " in " + file);
        return last;
    }

    // System.out flushes at each line end.
    private static void say(String line) {
        System.out.println(line);
    }

    private static int awaitGo() {
        try {
            return System.in.read();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
