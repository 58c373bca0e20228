package dev.recount.reaction;

import dev.recount.command.CommandHandler;
import dev.recount.decider.CommandRejected;
import dev.recount.event.Metadata;
import dev.recount.event.StoredEvent;
import dev.recount.store.ReceiptConflict;
import dev.recount.store.StoreClosed;
import dev.recount.store.StoreUnavailable;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Performs what is due, one after the other, and records the outcomes. One thread takes its steps. */
final class Performing<E, I, C> implements Loop.Step {

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

    private final Instance<E, I> instance;
    private final Effect<I, C> effect;
    private final CommandHandler<C, E> handler;
    private final ReactionStore reactions;
    private final Retries retries;
    // Outcomes of effects that are done and could not be recorded yet; only these are not performed again.
    private final Map<ReactionId, Optional<C>> unrecorded = new HashMap<>();
    private volatile boolean telling;

    Performing(Instance<E, I> instance, Effect<I, C> effect, CommandHandler<C, E> handler) {
        this.instance = instance;
        this.effect = effect;
        this.handler = handler;
        this.reactions = instance.reactions();
        this.retries = instance.settings().retries();
    }

    @Override
    public void take() throws InterruptedException {
        long seen = instance.signals().version();
        Duration wait = LONGEST_WAIT;
        try {
            Lease lease = instance.leadership().lease();
            if (lease != null) {
                wait = performNext(lease);
            }
        } catch (LeaseLost e) {
            instance.leadership().lost(e);
            instance.signals().wake();
        }
        instance.signals().await(seen, wait);
    }

    /** Whether an outcome may be stored of which the listener has not been told yet. */
    boolean isTelling() {
        return telling;
    }

    /** Performs the next reaction; returns how long there is nothing to do. */
    private Duration performNext(Lease lease) {
        List<StoredReaction> first = reactions.list(instance.name(), StoredReaction.State.PENDING, 1);
        if (first.isEmpty()) {
            return LONGEST_WAIT;
        }
        Instant now = instance.now();
        Duration wait = Duration.between(now, first.get(0).due());
        if (wait.isZero() || wait.isNegative()) {
            perform(lease, first.get(0));
            instance.signals().wake();
            return Duration.ZERO;
        }
        return wait.compareTo(LONGEST_WAIT) < 0 ? wait : LONGEST_WAIT;
    }

    private void perform(Lease lease, StoredReaction reaction) {
        ReactionId id = reaction.id();
        Optional<StoredEvent> event = instance.intents().event(id);
        if (instance.store().receipt(instance.key(id)).isPresent()) {
            done(lease, id);
        } else if (unrecorded.containsKey(id)) {
            record(lease, reaction.begun(), event);
        } else if (reaction.isBrokenOff()) {
            // After a wait: what brings the program down each time lets the others go first. It is not parked for that,
            // since a crash may have been anybody's fault.
            waitForNext(lease, reaction, brokenOff(reaction));
        } else {
            tryOnce(lease, reaction.begun(), event);
        }
    }

    private void tryOnce(Lease lease, StoredReaction begun, Optional<StoredEvent> event) {
        if (!reactions.save(lease, begun)) {
            return;
        }
        try {
            I intent = instance.intents().intent(begun.id(), event);
            Attempt attempt = new Attempt(instance.key(begun.id()), begun.attempts(), lease.fence());
            unrecorded.put(begun.id(), effect.perform(intent, attempt));
        } catch (Postponed e) {
            postponed(lease, begun, e);
            return;
        } catch (Throwable e) {
            // Also an Error: one effect must not end the others.
            failed(lease, begun, e);
            return;
        } finally {
            // An interrupt was the effect's own affair.
            Thread.interrupted();
        }
        record(lease, begun, event);
    }

    private void record(Lease lease, StoredReaction begun, Optional<StoredEvent> event) {
        ReactionId id = begun.id();
        try {
            Optional<C> outcome = unrecorded.getOrDefault(id, Optional.empty());
            if (outcome.isPresent()) {
                handler.handle(outcome.get(), metadata(id, event));
            }
        } catch (CommandRejected e) {
            rejected(lease, begun, e);
            return;
        } catch (StoreUnavailable | StoreClosed e) {
            throw e;
        } catch (RuntimeException | Error e) {
            // Also an Error of the rules: one outcome must not end the others.
            if (!isRecordedByAnother(e, id)) {
                failed(lease, begun, e);
                return;
            }
        }
        done(lease, id);
    }

    // An instance that was taken over from may have been first, with an outcome of its own.
    private boolean isRecordedByAnother(Throwable e, ReactionId id) {
        return e instanceof ReceiptConflict conflict && conflict.receipt().key().equals(instance.key(id));
    }

    private void done(Lease lease, ReactionId id) {
        reactions.remove(lease, id);
        unrecorded.remove(id);
    }

    private void postponed(Lease lease, StoredReaction begun, Postponed postponed) {
        Instant now = instance.now();
        if (!postponed.until().isAfter(now)) {
            // Else it would be tried without a pause.
            failed(
                    lease,
                    begun,
                    new IllegalStateException("It was postponed until " + postponed.until() + ", and it is " + now
                            + " already. Postpone to a later time."));
            return;
        }
        reactions.save(lease, StoredReaction.pending(begun.id(), begun.key(), postponed.until()));
    }

    private void failed(Lease lease, StoredReaction begun, Throwable cause) {
        if (begun.attempts() >= retries.maxAttempts()) {
            park(lease, begun, Reason.of(cause));
        } else {
            waitForNext(lease, begun, cause);
        }
    }

    private static Throwable brokenOff(StoredReaction reaction) {
        return new IllegalStateException("Try " + reaction.attempts()
                + " was broken off: the program ended, or was taken over from, before it did.");
    }

    private void waitForNext(Lease lease, StoredReaction begun, Throwable cause) {
        Instant next = instance.now().plus(retries.after(begun.attempts()));
        StoredReaction again = begun.dueAgain(next, Reason.of(cause));
        if (!saveAndTell(lease, again, listener -> listener.failed(again, cause))) {
            unrecorded.remove(begun.id());
        }
    }

    private void park(Lease lease, StoredReaction reaction, String reason) {
        StoredReaction parked = reaction.in(StoredReaction.State.PARKED, reason);
        saveAndTell(lease, parked, listener -> listener.parked(parked));
        unrecorded.remove(reaction.id());
    }

    private void rejected(Lease lease, StoredReaction begun, CommandRejected rejection) {
        StoredReaction rejected = begun.in(StoredReaction.State.REJECTED, Reason.of(rejection));
        saveAndTell(lease, rejected, listener -> listener.rejected(rejected, rejection));
        unrecorded.remove(begun.id());
    }

    private boolean saveAndTell(Lease lease, StoredReaction outcome, Consumer<ReactorListener> what) {
        telling = true;
        try {
            boolean saved = reactions.save(lease, outcome);
            if (saved) {
                instance.tell(what);
            }
            return saved;
        } finally {
            telling = false;
        }
    }

    private Metadata metadata(ReactionId id, Optional<StoredEvent> event) {
        Metadata metadata = Metadata.empty().withCommandId(instance.key(id)).withCausationId("event:" + id.sequence());
        return event.flatMap(cause -> cause.metadata().correlationId())
                .map(metadata::withCorrelationId)
                .orElse(metadata);
    }
}
