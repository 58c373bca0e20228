package dev.recount.reaction;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Whether this instance runs the reactor, or stands by while another does. Thread-safe. */
final class Leadership {

    private final ReactionStore reactions;
    private final String reactor;
    private final String owner;
    private final InstantSource clock;
    private final Duration duration;
    private final AtomicReference<@Nullable Lease> held = new AtomicReference<>();

    Leadership(ReactionStore reactions, String reactor, ReactorSetup.Settings settings) {
        this.reactions = reactions;
        this.reactor = reactor;
        this.owner = settings.owner();
        this.clock = settings.clock();
        this.duration = settings.lease();
    }

    /** The lease that this instance has, as far as it knows. */
    @Nullable
    Lease lease() {
        return held.get();
    }

    /** Takes the reactor over where it can be taken; tells how far it is then. */
    Optional<ReactorStatus> tryToLead() {
        Instant now = clock.instant();
        // Looking takes no lock of a writer, and an instance may stand by for days.
        if (reactions.status(reactor).filter(status -> isFree(status, now)).isEmpty()) {
            return Optional.empty();
        }
        Optional<Lease> lease = reactions.acquire(reactor, owner, now, now.plus(duration));
        if (lease.isEmpty()) {
            return Optional.empty();
        }
        Optional<ReactorStatus> status = reactions.status(reactor);
        held.set(lease.get());
        return status;
    }

    private boolean isFree(ReactorStatus status, Instant now) {
        Lease other = status.lease();
        return other == null || other.owner().equals(owner) || !other.until().isAfter(now);
    }

    /** Whether a third of the lease is over. */
    boolean isToBeRenewed() {
        Lease lease = held.get();
        return lease != null
                && !clock.instant().isBefore(lease.until().minus(duration).plus(duration.dividedBy(3)));
    }

    void renew(Lease lease) {
        held.compareAndSet(lease, reactions.renew(lease, clock.instant().plus(duration)));
    }

    /** Another instance has taken over from this lease; a newer one of this instance stays. */
    void lost(LeaseLost e) {
        Lease lease = held.get();
        if (lease != null && lease.fence() == e.lease().fence()) {
            held.compareAndSet(lease, null);
        }
    }

    void release() {
        Lease lease = held.getAndSet(null);
        if (lease != null) {
            reactions.release(lease);
        }
    }
}
