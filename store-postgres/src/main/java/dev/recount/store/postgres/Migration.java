package dev.recount.store.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** One step to the tables of this release. Immutable. */
record Migration(int number, String name, String sql) {

    /** What tells this step from another one of the same number. */
    String digest() {
        return HexFormat.of().formatHex(sha256(sql));
    }

    static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
