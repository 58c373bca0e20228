package dev.recount.internal;

import dev.recount.event.Metadata;
import dev.recount.event.NewEvent;
import dev.recount.event.StoredEvent;
import dev.recount.event.Tags;
import java.util.Optional;

/**
 * A command as it is kept beside what it led to: in the metadata of its first event. Immutable.
 *
 * @param type the stable name of what was asked for
 * @param version the version of its schema
 * @param data its JSON text
 * @param events how many events it led to, which follow each other
 */
public record CommandRecord(String type, int version, String data, int events) {

    private static final String DATA = "command";
    private static final String TYPE = "commandType";
    private static final String VERSION = "commandVersion";
    private static final String EVENTS = "commandEvents";

    /** The record of an encoded command. */
    public static CommandRecord of(NewEvent command, int events) {
        return new CommandRecord(command.type(), command.version(), command.data(), events);
    }

    /** What is recorded with an event; empty where it is not the first one of a command that was recorded. */
    public static Optional<CommandRecord> of(StoredEvent event) {
        Metadata metadata = event.metadata();
        Optional<String> data = metadata.get(DATA);
        Optional<String> type = metadata.get(TYPE);
        int events = number(metadata.get(EVENTS));
        int version = number(metadata.get(VERSION));
        return data.isPresent() && type.isPresent() && events > 0 && version > 0
                ? Optional.of(new CommandRecord(type.get(), version, data.get(), events))
                : Optional.empty();
    }

    /** The metadata with this record. */
    public Metadata addTo(Metadata metadata) {
        return metadata.with(DATA, data)
                .with(TYPE, type)
                .with(VERSION, Integer.toString(version))
                .with(EVENTS, Integer.toString(events));
    }

    /** The command in the form that its codec reads, in the place of its first event. */
    public StoredEvent at(StoredEvent first) {
        return new StoredEvent(
                first.sequence(),
                type,
                version,
                Tags.none(),
                data,
                Metadata.empty(),
                first.occurredAt(),
                first.storedAt());
    }

    // Somebody else may have given entries of these names.
    private static int number(Optional<String> text) {
        try {
            return text.map(Integer::parseInt).orElse(0);
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
