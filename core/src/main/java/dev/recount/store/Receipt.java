package dev.recount.store;

/**
 * The stored outcome of a receipt key. Immutable.
 *
 * @param key the key
 * @param fingerprint the digest of what came with it
 * @param outcome the first outcome
 */
public record Receipt(String key, String fingerprint, Appended outcome) {

    /**
     * The first outcome once more, for the same content.
     *
     * @throws ReceiptConflict where {@code append} comes with other content
     */
    public Appended repeat(Append append) {
        if (!fingerprint.equals(append.fingerprint().orElse(""))) {
            throw new ReceiptConflict(this);
        }
        return new Appended(outcome.first(), outcome.last(), true);
    }
}
