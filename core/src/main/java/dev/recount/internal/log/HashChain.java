package dev.recount.internal.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Links each event to the one before: SHA-256 over the hash before and the eight stored texts of the row, each after its length.
 * docs/storage-format.md says it byte for byte. Not thread-safe: use from one thread at a time.
 */
public final class HashChain {

    private static final int BYTES = 32;
    private static final int FIRST_ROOM = 1_024;

    private final MessageDigest sha256 = sha256();
    // A whole row goes to the digest at once: it is slow at taking many small parts.
    private ByteBuffer row = ByteBuffer.allocate(FIRST_ROOM);
    private byte[] last;

    /** Goes on after the row of this hash. */
    public HashChain(byte[] last) {
        this.last = last;
    }

    /** The hash before the first event: zero bytes. */
    public static byte[] start() {
        return new byte[BYTES];
    }

    /** The hash of the row that comes next. */
    public byte[] next(EventRow next) {
        row.clear().put(last);
        add(Long.toString(next.sequence()));
        add(next.type());
        add(Integer.toString(next.version()));
        add(next.tags());
        add(next.data());
        add(next.metadata());
        add(next.occurredAt());
        add(next.storedAt());
        sha256.update(row.flip());
        last = sha256.digest();
        return last;
    }

    /** The hash of the newest row. */
    public byte[] last() {
        return last;
    }

    /** Goes on from another hash, as a check does after a row that does not fit. */
    public void goOnFrom(byte[] hash) {
        last = hash;
    }

    private void add(String text) {
        byte[] bytes = text.getBytes(UTF_8);
        makeRoom(Integer.BYTES + bytes.length);
        row.putInt(bytes.length).put(bytes);
    }

    private void makeRoom(int bytes) {
        if (row.remaining() < bytes) {
            row = ByteBuffer.allocate(2 * row.capacity() + bytes).put(row.flip());
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
