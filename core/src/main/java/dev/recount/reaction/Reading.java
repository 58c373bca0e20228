package dev.recount.reaction;

import dev.recount.codec.UndecodableEvent;
import dev.recount.event.StoredEvent;
import dev.recount.store.Page;
import dev.recount.store.ReadOptions;
import dev.recount.subscription.Checkpoint;
import dev.recount.subscription.UnusableCheckpoint;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;

/** Keeps the lease, reads the log, asks the reactor, and stores what is to be done. One thread takes its steps. */
final class Reading<E, I> implements Loop.Step {

    private static final Duration LOOK_WHILE_STANDING_BY = Duration.ofSeconds(1);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);
    private static final long EVENTS_BETWEEN_CHECKPOINTS = 10_000;

    private final Instance<E, I> instance;
    private final ReactionStore reactions;
    private final ReactorSetup.Settings settings;
    private final Leadership leadership;
    private final Signals signals;
    private final AtomicLong undecodable = new AtomicLong();
    private volatile long readUpTo;
    private volatile long storedUpTo;
    private long undecodableUpTo;

    Reading(Instance<E, I> instance) {
        this.instance = instance;
        this.reactions = instance.reactions();
        this.settings = instance.settings();
        this.leadership = instance.leadership();
        this.signals = instance.signals();
    }

    @Override
    public void take() throws InterruptedException {
        try {
            Lease lease = leadership.lease();
            if (lease == null) {
                standBy();
            } else {
                lead(lease);
            }
        } catch (LeaseLost e) {
            leadership.lost(e);
        }
    }

    /** The sequence up to which this instance has read, while it leads. */
    long readUpTo() {
        return leadership.lease() == null ? 0 : readUpTo;
    }

    /** How many events of this run could not be decoded. */
    long undecodable() {
        return undecodable.get();
    }

    /** Gives signs of life after its own end, so that nobody takes over while an effect is still being performed. */
    void keepLeaseWhile(BooleanSupplier performs) {
        try {
            long seen = signals.version();
            while (performs.getAsBoolean()) {
                renewLease();
                signals.await(seen, longestWait());
                seen = signals.version();
            }
        } catch (InterruptedException e) {
            // The lease runs out by itself.
            Thread.currentThread().interrupt();
        }
    }

    private void renewLease() {
        try {
            Lease lease = leadership.lease();
            if (lease != null && leadership.isToBeRenewed()) {
                leadership.renew(lease);
            }
        } catch (LeaseLost e) {
            leadership.lost(e);
        } catch (RuntimeException laterPerhaps) {
            // It is tried again, for as long as the effect takes.
        }
    }

    /** Stores how far it has read, and lets another instance take over. */
    void end() {
        try {
            Lease lease = leadership.lease();
            if (lease != null) {
                storeCheckpoint(lease);
            }
            leadership.release();
        } catch (RuntimeException nothingIsLost) {
            // The lease runs out by itself, and reading again from an earlier checkpoint gives the same.
        }
    }

    private void standBy() throws InterruptedException {
        long seen = signals.version();
        Optional<ReactorStatus> status = leadership.tryToLead();
        if (status.isEmpty()) {
            signals.await(seen, LOOK_WHILE_STANDING_BY);
            return;
        }
        Checkpoint checkpoint = status.get().checkpoint();
        UnusableCheckpoint.check(checkpoint, instance.store());
        readUpTo = checkpoint.sequence();
        storedUpTo = checkpoint.sequence();
        signals.wake();
    }

    private void lead(Lease lease) throws InterruptedException {
        if (leadership.isToBeRenewed()) {
            leadership.renew(lease);
            storeCheckpoint(lease);
        }
        Page page =
                instance.store().read(settings.query(), ReadOptions.defaults().after(readUpTo));
        react(lease, page);
        if (page.complete()) {
            signals.awaitOutside(() -> instance.store().awaitAfter(readUpTo, longestWait()));
        }
    }

    private Duration longestWait() {
        Duration third = settings.lease().dividedBy(3);
        return third.compareTo(LONGEST_WAIT) < 0 ? third : LONGEST_WAIT;
    }

    private void react(Lease lease, Page page) {
        Gathered gathered = new Gathered();
        long done = readUpTo;
        try {
            for (StoredEvent event : page.events()) {
                reactTo(event, gathered);
                done = event.sequence();
            }
            done = page.upTo();
        } finally {
            // What came before an event that the reactor fails on is kept.
            store(lease, gathered, done);
        }
    }

    private void reactTo(StoredEvent event, Gathered gathered) {
        try {
            gathered.add(event.sequence(), instance.intents().to(event), earlier(event.storedAt()));
        } catch (UndecodableEvent e) {
            if (settings.strict()) {
                throw e;
            }
            passOver(event, e);
        } catch (RuntimeException | Error e) {
            throw new IllegalStateException(
                    "Reactor '" + instance.name() + "' failed on event " + event.sequence() + " of type " + event.type()
                            + ": " + Reason.of(e) + ". It has ended before that event; mend it and start it again.",
                    e);
        }
    }

    // Where a page could not be stored it is read again.
    private void passOver(StoredEvent event, UndecodableEvent e) {
        if (event.sequence() > undecodableUpTo) {
            undecodableUpTo = event.sequence();
            undecodable.incrementAndGet();
            instance.tell(listener -> listener.undecodable(e));
        }
    }

    // By the store's clock, which need not be the one that due times are measured by.
    private Instant earlier(Instant storedAt) {
        Instant now = instance.now();
        return storedAt.isBefore(now) ? storedAt : now;
    }

    // Events without a reaction are not worth a write each: reading them again gives none again.
    private void store(Lease lease, Gathered gathered, long upTo) {
        if (!gathered.isEmpty() || upTo - storedUpTo >= EVENTS_BETWEEN_CHECKPOINTS) {
            reactions.advance(lease, gathered.upTo(upTo));
            storedUpTo = upTo;
        }
        if (upTo > readUpTo) {
            readUpTo = upTo;
            signals.wake();
        }
    }

    private void storeCheckpoint(Lease lease) {
        long upTo = readUpTo;
        if (upTo > storedUpTo) {
            reactions.advance(lease, new Gathered().upTo(upTo));
            storedUpTo = upTo;
        }
    }
}
