package dev.recount.examples.town.importing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The first 64 bits of a text's SHA-256: enough to tell the rows of a log apart. */
final class Digest {

    private Digest() {}

    static long of(String text) {
        try {
            byte[] sha = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
            return ByteBuffer.wrap(sha).getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    static String text(long digest) {
        return HexFormat.of().toHexDigits(digest);
    }

    static long parse(String text) {
        return HexFormat.fromHexDigitsToLong(text);
    }
}
