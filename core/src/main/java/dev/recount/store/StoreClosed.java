package dev.recount.store;

/** A store was used after it was closed. */
public final class StoreClosed extends EventStoreException {

    /**
     * A closed store.
     *
     * @param store what it is, e.g. its file
     */
    public StoreClosed(String store) {
        super("The event store " + store + " is closed. Open it again to go on.", null);
    }
}
