package dev.recount.store;

/** Events were to be removed that a consumer has yet to read. None of them was. */
public final class RetentionRefused extends IllegalStateException {

    private final transient LogConsumer consumer;

    /** Events up to {@code floor} were to be removed, and this consumer has not read them. */
    public RetentionRefused(long floor, LogConsumer consumer) {
        super("Events up to sequence " + floor + " cannot be removed: " + consumer.kind() + " '" + consumer.name()
                + "' has read up to " + consumer.checkpoint()
                + " only. " + advice(consumer) + ", or keep more.");
        this.consumer = consumer;
    }

    private static String advice(LogConsumer consumer) {
        return switch (consumer.kind()) {
            case "consumer" -> "Let it read on, remove it where it is gone for good";
            case "read model" ->
                "Let it read on, withdraw it where no program keeps it any more (SqlEventStore.withdraw)";
            case "build of read model" ->
                "Let a program that has this version build it to its end, open the log with the live version where"
                        + " this one stopped, withdraw the model where no program keeps it any more"
                        + " (SqlEventStore.withdraw)";
            default -> "Let it read on";
        };
    }

    /** Who has yet to read them; of several the slowest. */
    public LogConsumer consumer() {
        return consumer;
    }
}
