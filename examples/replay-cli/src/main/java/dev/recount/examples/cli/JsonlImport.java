package dev.recount.examples.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.recount.event.Metadata;
import dev.recount.event.NewEvent;
import dev.recount.event.Tags;
import dev.recount.examples.cli.output.Json;
import dev.recount.store.Append;
import dev.recount.store.Appended;
import dev.recount.store.EventStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Imports lines as {@code events --json} and {@code export --format jsonl} write them. Type, version, tags, data, metadata and
 * the time at which it happened are kept; sequence and storing time are those of the log it goes into.
 *
 * <p>Every batch leaves a receipt for all of the file up to its end. So importing again, or after an interruption, or when the
 * file has grown, stores only what is new. Not thread-safe: good for one file.
 */
final class JsonlImport {

    private static final int BATCH = 500;

    private final EventStore store;
    private final Set<String> beads = new HashSet<>();
    private final Set<String> tags = new HashSet<>();
    private final List<ImportAnswer.Unresolved> unresolved = new ArrayList<>();
    private final List<NewEvent> batch = new ArrayList<>();
    private PrefixDigest digest = new PrefixDigest();
    private long read;
    private long stored;

    JsonlImport(EventStore store) {
        this.store = store;
    }

    ImportAnswer read(Path file) {
        long known = knownLines(file);
        TextLines.each(file, (number, line) -> {
            read++;
            digest.add(line);
            take(number, line, number <= known);
        });
        flush();
        return new ImportAnswer(read, stored, beads.isEmpty() ? tags.size() : beads.size(), unresolved);
    }

    /** Up to which line the file was imported before. */
    private long knownLines(Path file) {
        if (store.info().head() == 0) {
            return 0;
        }
        PrefixDigest prefix = new PrefixDigest();
        long[] known = {0};
        TextLines.each(file, (number, line) -> {
            prefix.add(line);
            if (store.receipt(prefix.receiptKey()).isPresent()) {
                known[0] = number;
            }
        });
        return known[0];
    }

    private void take(long number, String line, boolean known) {
        try {
            NewEvent event = event(Json.read(line), RawValues.of(line));
            tags.addAll(event.tags().asList());
            beads.addAll(event.tags().values("bead"));
            if (!known) {
                batch.add(event);
            }
        } catch (IOException e) {
            unresolved.add(new ImportAnswer.Unresolved(number, "the line is no JSON: " + firstLine(e)));
        } catch (IllegalArgumentException | DateTimeException e) {
            unresolved.add(new ImportAnswer.Unresolved(number, String.valueOf(e.getMessage())));
        }
        if (batch.size() >= BATCH) {
            flush();
        }
    }

    private static String firstLine(IOException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }

    private void flush() {
        if (!batch.isEmpty()) {
            Appended appended = store.append(Append.of(batch).withReceipt(digest.receiptKey()));
            stored += appended.repeated() ? 0 : batch.size();
            batch.clear();
        }
    }

    private static NewEvent event(JsonNode line, Map<String, String> raw) {
        if (!line.isObject()) {
            throw new IllegalArgumentException("the line is no JSON object");
        }
        if (line.path("malformed").asBoolean()) {
            throw new IllegalArgumentException("what the line is from was malformed in its log");
        }
        NewEvent event = NewEvent.of(required(line, "type").asText(), requiredText(raw, "data"))
                .withTags(tags(line.path("tags")))
                .withVersion(line.path("version").asInt(1));
        if (line.path("metadata").isObject()) {
            event = event.withMetadata(Metadata.ofJson(requiredText(raw, "metadata")));
        }
        return line.path("occurredAt").isTextual()
                ? event.withOccurredAt(
                        OffsetDateTime.parse(line.path("occurredAt").textValue())
                                .toInstant())
                : event;
    }

    private static String requiredText(Map<String, String> raw, String field) {
        String text = raw.get(field);
        if (text == null) {
            throw new IllegalArgumentException("the line has no " + field);
        }
        return text;
    }

    private static JsonNode required(JsonNode line, String field) {
        JsonNode value = line.path(field);
        if (value.isMissingNode()) {
            throw new IllegalArgumentException("the line has no " + field);
        }
        return value;
    }

    private static Tags tags(JsonNode byKey) {
        Tags tags = Tags.none();
        for (Map.Entry<String, JsonNode> entry : byKey.properties()) {
            JsonNode values = entry.getValue();
            if (values.isArray()) {
                for (JsonNode value : values) {
                    tags = tags.and(entry.getKey(), value.asText());
                }
            } else {
                tags = tags.and(entry.getKey(), values.asText());
            }
        }
        return tags;
    }
}
