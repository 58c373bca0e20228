package dev.recount.store.sqlite;

/** Events were to be removed that a consumer has yet to read. None of them was. */
public final class RetentionRefused extends IllegalStateException {

    private final transient LogConsumer consumer;

    RetentionRefused(long floor, LogConsumer consumer) {
        super("Events up to sequence " + floor + " cannot be removed: " + consumer.kind() + " '" + consumer.name()
                + "' has read up to " + consumer.checkpoint()
                + " only. Let it read on, " + (consumer.isRegistered() ? "remove it where it is gone for good, " : "")
                + "or keep more.");
        this.consumer = consumer;
    }

    /** Who has yet to read them; of several the slowest. */
    public LogConsumer consumer() {
        return consumer;
    }
}
