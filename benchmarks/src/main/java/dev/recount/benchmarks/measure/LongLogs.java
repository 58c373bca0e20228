package dev.recount.benchmarks.measure;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.recount.EventLog;
import dev.recount.benchmarks.beads.BeadEvent;
import dev.recount.benchmarks.beads.BeadEvents;
import dev.recount.benchmarks.floor.ByHandLog;
import dev.recount.codec.EventCodec;
import dev.recount.codec.jackson.JacksonCodec;
import dev.recount.store.AppendCondition;
import dev.recount.store.EventStore;
import dev.recount.store.sqlite.Durability;
import dev.recount.store.sqlite.SqliteEventStore;
import dev.recount.store.sqlite.SqliteOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The long log and its twin by hand, each made once and then only read. Not thread-safe: use from one thread at a time. */
final class LongLogs {

    /** The codec of all measures. */
    static final EventCodec<BeadEvent> CODEC = JacksonCodec.of(BeadEvent.class);

    private static final int BATCH = 1_000;
    private static final Instant FIRST_DAY = Instant.parse("2026-01-01T00:00:00Z");

    private final Scale scale;
    private final Scratch scratch;
    private final Consumer<String> progress;
    private @Nullable Path ours;
    private @Nullable Path byHand;

    LongLogs(Scale scale, Scratch scratch, Consumer<String> progress) {
        this.scale = scale;
        this.scratch = scratch;
        this.progress = progress;
    }

    /** The file of the long log, closed. */
    Path ours() throws IOException {
        Path known = ours;
        if (known == null) {
            progress.accept("  storing " + scale.events() + " events");
            known = scratch.newFile();
            try (SqliteEventStore store = SqliteEventStore.open(known, quickly().withClock(oneMinuteEachTime()))) {
                fill(store, BeadEvents.of(scale.beads()));
            }
            ours = known;
        }
        return known;
    }

    /** A copy of it, to write to. */
    Path copy() throws IOException {
        return Files.copy(ours(), scratch.newFile());
    }

    /** The same events in a table made by hand. */
    Path byHand() throws IOException, SQLException, JsonProcessingException {
        Path known = byHand;
        if (known == null) {
            progress.accept("  storing " + scale.events() + " events by hand");
            known = scratch.newFile();
            try (ByHandLog log = ByHandLog.open(known)) {
                log.fill(
                        BeadEvents.of(scale.beads()),
                        event -> CODEC.encode(event).withMetadata(BeadEvents.metadata()));
            }
            byHand = known;
        }
        return known;
    }

    /** The last time at which an event was stored. */
    Instant lastTime() {
        return FIRST_DAY.plus(Duration.ofMinutes(scale.events() / BATCH));
    }

    /** The first time at which an event was stored. */
    Instant firstTime() {
        return FIRST_DAY;
    }

    /** Options that do not wait for the disk. */
    static SqliteOptions quickly() {
        return SqliteOptions.defaults().withDurability(Durability.NORMAL);
    }

    /** Appends all events, a thousand at a time. */
    static void fill(EventStore store, BeadEvents events) {
        EventLog<BeadEvent> log = EventLog.of(store, CODEC);
        while (events.hasNext()) {
            log.append(events.take(BATCH), AppendCondition.none(), BeadEvents.metadata());
        }
    }

    private static InstantSource oneMinuteEachTime() {
        AtomicLong minutes = new AtomicLong();
        return () -> FIRST_DAY.plus(Duration.ofMinutes(minutes.getAndIncrement()));
    }
}
