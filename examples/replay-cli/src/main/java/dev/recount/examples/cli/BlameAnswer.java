package dev.recount.examples.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.recount.codec.UndecodableEvent;
import dev.recount.event.StoredEvent;
import dev.recount.examples.cli.output.Json;
import dev.recount.examples.town.TownEvent;
import dev.recount.examples.town.TownLog;
import dev.recount.replay.Blame;
import dev.recount.replay.ValueChange;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which events changed a value, for programs. Immutable.
 *
 * @param model the name of the model
 * @param key the key of the row
 * @param field the field; null where it is about the whole row
 * @param sequence the sequence up to which the log was read
 * @param value what the value is there
 * @param skipped how many events were left out since they cannot be decoded
 * @param floor the sequence up to which retention has removed events; changes before it are not known
 * @param changes the events, oldest first
 */
record BlameAnswer(
        String model,
        String key,
        @Nullable String field,
        long sequence,
        JsonNode value,
        long skipped,
        long floor,
        List<Change> changes) {

    /**
     * An event that changed the value. Immutable.
     *
     * @param sequence its sequence
     * @param type its type
     * @param storedAt when it was stored
     * @param actor who caused it; null where it does not tell
     * @param before the value before it
     * @param after the value after it
     */
    record Change(
            long sequence,
            String type,
            Instant storedAt,
            @Nullable String actor,
            JsonNode before,
            JsonNode after) {}

    static BlameAnswer of(String model, Blame blame, long floor) {
        return new BlameAnswer(
                model,
                blame.key(),
                blame.field(),
                blame.sequence(),
                Json.tree(blame.value()),
                blame.skipped(),
                floor,
                blame.changes().stream().map(BlameAnswer::change).toList());
    }

    /** All fields that a row ever had, where the whole of it was asked for. */
    static Set<String> fields(Blame row) {
        Set<String> fields = new LinkedHashSet<>();
        row.changes().forEach(change -> addFields(change.after(), fields));
        addFields(row.value(), fields);
        return fields;
    }

    private static void addFields(@Nullable Object row, Set<String> fields) {
        if (row instanceof Map<?, ?> map) {
            map.keySet().forEach(name -> fields.add(String.valueOf(name)));
        }
    }

    private static Change change(ValueChange change) {
        StoredEvent event = change.event();
        return new Change(
                change.sequence(),
                event.type(),
                event.storedAt(),
                actor(event).orElse(null),
                Json.tree(change.before()),
                Json.tree(change.after()));
    }

    // The events of a town tell it themselves.
    private static Optional<String> actor(StoredEvent event) {
        Optional<String> actor = event.metadata().actor();
        if (actor.isPresent()) {
            return actor;
        }
        try {
            return TownLog.codec().decode(event).stream()
                    .map(TownEvent::actor)
                    .filter(told -> told != null)
                    .findFirst();
        } catch (UndecodableEvent e) {
            return Optional.empty();
        }
    }
}
