package dev.recount.reaction;

/** Something was to be stored for a reactor that another instance has taken over. Nothing was stored. */
public final class LeaseLost extends IllegalStateException {

    private final transient Lease lease;

    /** A lease with a fence that is no longer the reactor's. */
    public LeaseLost(Lease lease, long fence) {
        super("Reactor '" + lease.reactor() + "' was taken over: its fence is " + fence + ", and " + lease.owner()
                + " has " + lease.fence() + ". Nothing was stored; the new owner goes on.");
        this.lease = lease;
    }

    /** The lease that was lost. */
    public Lease lease() {
        return lease;
    }
}
