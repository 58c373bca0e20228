package dev.recount.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.recount.event.StoredEvent;
import dev.recount.snapshot.SnapshotKey;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * SHA-256 over a snapshot and the event that the log had at its sequence. So a log that was restored and went another way is
 * noticed, though its id is the same; and so is a text that was damaged where it was kept.
 */
final class SnapshotFingerprint {

    private SnapshotFingerprint() {}

    static String of(SnapshotKey key, long events, String state, StoredEvent last) {
        MessageDigest digest = sha256();
        List<String> parts = List.of(
                key.logId(),
                key.projector(),
                String.valueOf(key.version()),
                key.boundary(),
                String.valueOf(events),
                state,
                String.valueOf(last.sequence()),
                last.type(),
                String.valueOf(last.version()),
                last.tags().toJson(),
                last.data(),
                last.metadata().toJson(),
                last.occurredAt().toString(),
                last.storedAt().toString());
        // Lengths before the parts keep two different lists of parts from reading the same.
        for (String part : parts) {
            byte[] bytes = part.getBytes(UTF_8);
            digest.update((bytes.length + " ").getBytes(UTF_8));
            digest.update(bytes);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
