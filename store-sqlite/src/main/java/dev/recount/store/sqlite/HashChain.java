package dev.recount.store.sqlite;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Links each event to the one before: SHA-256 over the hash before and the eight stored texts of the row, each after its length.
 * docs/storage-format.md says it byte for byte. Not thread-safe: use from one thread at a time.
 */
final class HashChain {

    /** The hash before the first event: 32 zero bytes. */
    @SuppressWarnings("MutableArray") // bound to statements only
    static final byte[] START = new byte[32];

    private final MessageDigest sha256 = sha256();
    private final ByteBuffer length = ByteBuffer.allocate(Integer.BYTES);
    private byte[] last;

    HashChain(byte[] last) {
        this.last = last;
    }

    /** The hash of the row that comes next. */
    byte[] next(EventRow row) {
        sha256.update(last);
        add(Long.toString(row.sequence()));
        add(row.type());
        add(Integer.toString(row.version()));
        add(row.tags());
        add(row.data());
        add(row.metadata());
        add(row.occurredAt());
        add(row.storedAt());
        last = sha256.digest();
        return last;
    }

    /** The hash of the newest row. */
    byte[] last() {
        return last;
    }

    /** Goes on from another hash, as a check does after a row that does not fit. */
    void goOnFrom(byte[] hash) {
        last = hash;
    }

    private void add(String text) {
        byte[] bytes = text.getBytes(UTF_8);
        sha256.update(length.clear().putInt(bytes.length).flip());
        sha256.update(bytes);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
