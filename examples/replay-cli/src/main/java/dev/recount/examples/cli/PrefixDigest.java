package dev.recount.examples.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Tells a file up to some line from all others: a hash that each further line goes into. Not thread-safe. */
final class PrefixDigest {

    private final MessageDigest sha256 = sha256();
    private byte[] digest = new byte[0];

    void add(String line) {
        sha256.update(digest);
        digest = sha256.digest(line.getBytes(UTF_8));
    }

    /** The receipt key of an import up to here. */
    String receiptKey() {
        return "import jsonl " + HexFormat.of().formatHex(digest);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256.", e);
        }
    }
}
