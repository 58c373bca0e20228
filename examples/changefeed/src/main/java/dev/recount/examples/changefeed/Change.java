package dev.recount.examples.changefeed;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.recount.event.Metadata;
import dev.recount.event.StoredEvent;
import dev.recount.event.Tags;
import java.time.Instant;
import java.util.List;

/**
 * A change as a client of the feed gets it. Immutable.
 *
 * @param id the cursor: resume with it
 * @param sequence its place in the daemon's log
 * @param project its project
 * @param type what happened
 * @param payload one JSON value on one line
 * @param createdAt when the daemon's log took it
 */
public record Change(String id, long sequence, String project, String type, String payload, Instant createdAt) {

    private static final JsonMapper JSON = new JsonMapper();

    /** Reads the data of a frame. */
    static Change of(String id, String data) throws JsonProcessingException {
        JsonNode json = JSON.readTree(data);
        return new Change(
                id,
                json.path("seq").asLong(),
                json.path("projectId").asText(),
                json.path("type").asText(),
                json.path("payload").toString(),
                Instant.parse(json.path("createdAt").asText()));
    }

    /** The events that it stands for; none where its type is of a later time than this client. */
    public List<WorkEvent> events() {
        StoredEvent stored =
                new StoredEvent(sequence, type, 1, Tags.none(), payload, Metadata.empty(), createdAt, createdAt);
        return WorkLog.events().decodeKnown(stored);
    }
}
