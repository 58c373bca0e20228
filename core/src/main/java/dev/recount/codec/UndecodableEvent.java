package dev.recount.codec;

import dev.recount.event.StoredEvent;
import org.jspecify.annotations.Nullable;

/**
 * A stored event that a codec cannot turn into an event. It stays in the log as it is.
 *
 * <p>Replays and subscriptions count and report it and go on; a decision that would rest on it fails.
 */
public final class UndecodableEvent extends RuntimeException {

    private final long sequence;
    private final String type;
    private final boolean unknownType;

    private UndecodableEvent(StoredEvent stored, boolean unknownType, String message, @Nullable Throwable cause) {
        this(stored.sequence(), stored.type(), unknownType, message, cause);
    }

    private UndecodableEvent(
            long sequence, String type, boolean unknownType, String message, @Nullable Throwable cause) {
        super(message, cause, false, false);
        this.sequence = sequence;
        this.type = type;
        this.unknownType = unknownType;
    }

    /** The codec has no event class for its type. */
    public static UndecodableEvent unknownType(StoredEvent stored) {
        String message = "Event " + stored.sequence() + " has the unknown type " + stored.type()
                + ". Register the type, or an alias of its new name.";
        return new UndecodableEvent(stored, true, message, null);
    }

    /** Its data does not fit its event class. */
    public static UndecodableEvent unreadable(StoredEvent stored, String reason, @Nullable Throwable cause) {
        String message = "Event " + stored.sequence() + " of type " + stored.type() + " version " + stored.version()
                + " cannot be decoded: " + reason + ". Register an upcaster for this version.";
        return new UndecodableEvent(stored, false, message, cause);
    }

    /** Only that it is stored is known here, not what its data is. */
    public static UndecodableEvent withoutContent(long sequence, String type, String reason) {
        String message = "Event " + sequence + " of type " + type + " cannot be decoded: " + reason + ".";
        return new UndecodableEvent(sequence, type, false, message, null);
    }

    /** It was written, or upcast, in a newer version of its schema than this program has. */
    public static UndecodableEvent newerVersion(StoredEvent stored, String type, int version, int known) {
        String message = "Event " + stored.sequence() + " of type " + stored.type() + " version " + stored.version()
                + " cannot be decoded: " + type + " version " + version + " is newer than version " + known
                + ", the newest that this program knows. Update the program.";
        return new UndecodableEvent(stored, false, message, null);
    }

    /** The sequence of the stored event. */
    public long sequence() {
        return sequence;
    }

    /** The stored type name. */
    public String type() {
        return type;
    }

    /** Whether the codec has no event class for the type at all: an event of another family that shares the log. */
    public boolean isUnknownType() {
        return unknownType;
    }
}
