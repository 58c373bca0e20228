package dev.recount.examples.orchestration;

import dev.recount.command.CommandHandler;
import dev.recount.event.Metadata;
import dev.recount.examples.orchestration.TurnCommand.IngestProviderEvent;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Takes what a provider tells about one turn, and stores it: text in larger pieces than it comes in, all else at once, everything in order.
 *
 * <p>Who gives too much waits for the store. What a crash takes is the text that came last: less than {@link Coalescing#largestPiece} characters,
 * none of which came longer than {@link Coalescing#longestWait} ago, give or take what the timer lags behind. Everything else is stored when {@link #accept} returns.
 *
 * <p>Once something could not be stored, because the turn was ended or the log cannot be written, it takes nothing more, and says so each
 * time. Thread-safe.
 */
public final class TurnStream implements AutoCloseable {

    private final CommandHandler<List<OrchestrationCommand>, OrchestrationEvent> handler;
    private final Destination turn;
    private final ScheduledExecutorService timer;
    private final InstantSource clock;
    private final Coalescer coalescer;

    // Held while a piece is stored, so that the next one cannot pass it.
    private final ReentrantLock lock = new ReentrantLock();

    private @Nullable RuntimeException failure;
    private @Nullable Future<?> next;
    private boolean closed;

    /**
     * The turn that a stream belongs to. Immutable.
     *
     * @param thread its thread
     * @param turn its id
     * @param metadata what is stored with each event: what caused them, and which conversation they belong to
     */
    public record Destination(String thread, String turn, Metadata metadata) {}

    private TurnStream(
            CommandHandler<List<OrchestrationCommand>, OrchestrationEvent> handler,
            Destination turn,
            Coalescing limits,
            ScheduledExecutorService timer,
            InstantSource clock) {
        this.handler = handler;
        this.turn = turn;
        this.timer = timer;
        this.clock = clock;
        this.coalescer = new Coalescer(limits);
    }

    /**
     * Begins to take in what a provider tells.
     *
     * @param handler of {@link OrchestrationLog#batches}
     * @param timer runs what is due; one for many streams
     */
    public static TurnStream of(
            CommandHandler<List<OrchestrationCommand>, OrchestrationEvent> handler,
            Destination turn,
            Coalescing limits,
            ScheduledExecutorService timer,
            InstantSource clock) {
        return new TurnStream(handler, turn, limits, timer, clock);
    }

    /**
     * Takes in what the provider tells next.
     *
     * @throws OrchestrationRejected where the rules refuse it: the turn was interrupted, or its thread deleted
     * @throws IllegalStateException after it was closed
     */
    public void accept(ProviderEvent event) {
        lock.lock();
        try {
            requireOpen();
            boolean waited = coalescer.due().isPresent();
            store(coalescer.add(event, clock.instant()));
            if (!waited && coalescer.due().isPresent()) {
                lookAgainLater();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Stores what waits. It is not the end of the turn: that is the provider's to tell. Closing again does nothing. */
    @Override
    public void close() {
        lock.lock();
        try {
            if (!closed && failure == null) {
                store(coalescer.takeAll());
            }
        } finally {
            closed = true;
            if (next != null) {
                next.cancel(false);
            }
            lock.unlock();
        }
    }

    /** Stores what has waited long enough. The timer calls it. */
    void storeDue() {
        lock.lock();
        try {
            if (!closed && failure == null) {
                store(coalescer.takeDue(clock.instant()));
                coalescer.due().ifPresent(due -> lookAgainLater());
            }
        } catch (RuntimeException e) {
            // Kept: whoever gives the next event is told.
        } finally {
            lock.unlock();
        }
    }

    private void lookAgainLater() {
        Instant due = coalescer.due().orElseThrow();
        Duration wait = Duration.between(clock.instant(), due);
        next = timer.schedule(this::storeDue, Math.max(1, wait.toMillis()), TimeUnit.MILLISECONDS);
    }

    private void store(List<ProviderEvent> events) {
        if (events.isEmpty()) {
            return;
        }
        Instant now = clock.instant();
        List<OrchestrationCommand> batch = events.stream()
                .<OrchestrationCommand>map(event -> new IngestProviderEvent(turn.thread(), turn.turn(), event, now))
                .toList();
        try {
            handler.handle(batch, turn.metadata());
        } catch (RuntimeException e) {
            failure = e;
            throw e;
        }
    }

    private void requireOpen() {
        if (failure != null) {
            throw failure;
        }
        if (closed) {
            throw new IllegalStateException("The stream of turn " + turn.turn() + " is closed. Open another one.");
        }
    }
}
