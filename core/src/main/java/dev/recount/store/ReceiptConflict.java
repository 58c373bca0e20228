package dev.recount.store;

/** A receipt key was used before, for other content. */
public final class ReceiptConflict extends EventStoreException {

    private final transient Receipt receipt;

    /** A key that came with other content than {@code receipt}'s. */
    public ReceiptConflict(Receipt receipt) {
        super(
                "Receipt key '" + receipt.key() + "' was used before for other content, stored as "
                        + describe(receipt.outcome()) + ". Give each new command an id of its own.",
                null);
        this.receipt = receipt;
    }

    /** What the key was first used for. */
    public Receipt receipt() {
        return receipt;
    }

    private static String describe(Appended outcome) {
        return outcome.count() == 0 ? "no event" : "sequences " + outcome.first() + " to " + outcome.last();
    }
}
