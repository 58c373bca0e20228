package dev.recount.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.recount.event.NewEvent;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What to append: events, the condition under which, and the receipt key that makes a repetition harmless.
 *
 * <pre>{@code
 * store.append(Append.of(events).when(page.unchanged()).withReceipt("command-7"));
 * }</pre>
 *
 * <p>Immutable.
 */
public final class Append {

    private static final int MAX_KEY_LENGTH = 500;

    private final List<NewEvent> events;
    private final AppendCondition condition;
    private final @Nullable String receiptKey;
    private final @Nullable String fingerprint;

    private Append(
            List<NewEvent> events,
            AppendCondition condition,
            @Nullable String receiptKey,
            @Nullable String fingerprint) {
        this.events = events;
        this.condition = condition;
        this.receiptKey = receiptKey;
        this.fingerprint = fingerprint;
    }

    /** These events in this order, without a condition. No events at all are only stored with a receipt. */
    public static Append of(List<NewEvent> events) {
        return new Append(List.copyOf(events), AppendCondition.none(), null, null);
    }

    /** Under this condition. */
    public Append when(AppendCondition newCondition) {
        return new Append(events, newCondition, receiptKey, fingerprint);
    }

    /**
     * With a receipt over the events themselves: the same key with the same types, versions, tags, data and times of
     * occurrence is the same append, whatever its metadata.
     *
     * @param key 1 to 500 characters, not all of them blank
     * @throws IllegalArgumentException where the key is not that
     */
    public Append withReceipt(String key) {
        return withReceipt(key, Fingerprint.of(events));
    }

    /**
     * With a receipt over content that the caller defines, such as the command that the events were decided from.
     *
     * @param key 1 to 500 characters, not all of them blank
     * @param content what the same key must always come with; only its digest is stored
     * @throws IllegalArgumentException where the key is not that
     */
    public Append withReceiptFor(String key, String content) {
        return withReceipt(key, Fingerprint.of(content));
    }

    private Append withReceipt(String key, String newFingerprint) {
        if (key.isBlank() || key.length() > MAX_KEY_LENGTH) {
            throw new IllegalArgumentException("Receipt key '" + key + "' has " + key.length()
                    + " characters. Give 1 to " + MAX_KEY_LENGTH + ", not all of them blank.");
        }
        if (!UTF_8.newEncoder().canEncode(key)) {
            throw new IllegalArgumentException("Receipt key '" + key
                    + "' holds half a surrogate pair, which has no UTF-8 form. Give whole characters.");
        }
        return new Append(events, condition, key, newFingerprint);
    }

    /** What to store, in this order. */
    public List<NewEvent> events() {
        return events;
    }

    /** The condition. */
    public AppendCondition condition() {
        return condition;
    }

    /** The key by which a repetition is known. */
    public Optional<String> receiptKey() {
        return Optional.ofNullable(receiptKey);
    }

    /** The digest of what the receipt is for, 64 hexadecimal digits; empty without a receipt key. */
    public Optional<String> fingerprint() {
        return Optional.ofNullable(fingerprint);
    }
}
