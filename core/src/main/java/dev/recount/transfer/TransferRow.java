package dev.recount.transfer;

/**
 * The texts of an event exactly as they are stored, and its hash, which covers them. Immutable.
 *
 * @param tags a JSON array of texts
 * @param metadata a JSON object of texts
 * @param chain in hexadecimal
 */
public record TransferRow(
        long sequence,
        String type,
        int version,
        String tags,
        String data,
        String metadata,
        String occurredAt,
        String storedAt,
        String chain) {

    /** How many characters it keeps in memory. */
    public int size() {
        return type.length() + tags.length() + data.length() + metadata.length();
    }
}
