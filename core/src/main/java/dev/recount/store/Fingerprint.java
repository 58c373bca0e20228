package dev.recount.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.recount.event.NewEvent;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** SHA-256 over what a receipt is for, and over other short texts. */
final class Fingerprint {

    private Fingerprint() {}

    static String of(String content) {
        return HexFormat.of().formatHex(sha256().digest(content.getBytes(UTF_8)));
    }

    // Lengths before the parts keep two different lists of events from reading the same.
    static String of(List<NewEvent> events) {
        StringBuilder content = new StringBuilder();
        for (NewEvent event : events) {
            String occurredAt = event.occurredAt().map(Object::toString).orElse("");
            for (String part : List.of(
                    event.type(), String.valueOf(event.version()), event.tags().toJson(), event.data(), occurredAt)) {
                content.append(part.length()).append(' ').append(part);
            }
        }
        return of(content.toString());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
