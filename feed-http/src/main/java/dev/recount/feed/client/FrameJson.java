package dev.recount.feed.client;

import dev.recount.event.Metadata;
import dev.recount.event.NewEvent;
import dev.recount.event.StoredEvent;
import dev.recount.event.Tags;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The data of a frame: an event or a word of the feed itself. Members may come in any order, and what is unknown is passed over.
 * Immutable.
 */
final class FrameJson {

    private final Map<String, String> members;

    private FrameJson(Map<String, String> members) {
        this.members = members;
    }

    /**
     * Reads the data of a frame.
     *
     * @throws IllegalArgumentException where it is not a JSON object
     */
    static FrameJson of(String data) {
        // Data of several lines is joined by line ends, which are white space to JSON.
        return new FrameJson(JsonMembers.of(data.replace('\n', ' ')));
    }

    /** Which word of the feed itself it is; empty for an event. */
    String control() {
        return text("control", "");
    }

    boolean isEphemeral() {
        return members.getOrDefault("ephemeral", "false").equals("true");
    }

    String rig() {
        return text("rig");
    }

    long sequence() {
        return Long.parseLong(json("sequence"));
    }

    String type() {
        return text("type");
    }

    /** Whether it is a stored event whose content the host of the feed could not write. */
    boolean isWithoutContent() {
        return isMalformed() && !members.containsKey("data");
    }

    /** A member that is a text, or another one where it is not there. */
    String text(String name, String otherwise) {
        return members.containsKey(name) ? text(name) : otherwise;
    }

    /**
     * The stored event.
     *
     * @throws IllegalArgumentException where something is missing or is not what it should be
     */
    StoredEvent stored() {
        try {
            return new StoredEvent(
                    sequence(),
                    type(),
                    version(),
                    tags(),
                    data(),
                    metadata(),
                    Instant.parse(text("occurredAt")),
                    Instant.parse(text("storedAt")));
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    /**
     * The event that is not stored.
     *
     * @throws IllegalArgumentException where something is missing or is not what it should be
     */
    NewEvent notStored() {
        return NewEvent.of(type(), data())
                .withVersion(version())
                .withTags(tags())
                .withMetadata(metadata());
    }

    /** The rigs that a town cannot read. */
    List<BrokenRig> broken() {
        return JsonMembers.elements(members.getOrDefault("broken", "[]")).stream()
                .map(JsonMembers::of)
                .map(FrameJson::new)
                .map(rig -> new BrokenRig(rig.text("rig", ""), rig.text("code", ""), rig.text("message", "")))
                .toList();
    }

    private int version() {
        return Integer.parseInt(members.getOrDefault("version", "1"));
    }

    private Tags tags() {
        List<String> tags = new ArrayList<>();
        JsonMembers.of(members.getOrDefault("tags", "{}")).forEach((key, value) -> {
            for (String one : value.startsWith("[") ? JsonMembers.elements(value) : List.of(value)) {
                tags.add(key + ':' + JsonMembers.string(one));
            }
        });
        return Tags.parse(tags);
    }

    /** As it is stored. What no feed can splice into a line as it is, comes as a string. */
    private String data() {
        String data = json("data");
        return isMalformed() && data.startsWith("\"") ? JsonMembers.string(data) : data;
    }

    private Metadata metadata() {
        String metadata = members.getOrDefault("metadata", "{}");
        return Metadata.ofJson(isMalformed() && metadata.startsWith("\"") ? JsonMembers.string(metadata) : metadata);
    }

    private boolean isMalformed() {
        return members.getOrDefault("malformed", "false").equals("true");
    }

    private String text(String name) {
        return JsonMembers.string(json(name));
    }

    private String json(String name) {
        String json = members.get(name);
        if (json == null) {
            throw new IllegalArgumentException("There is no member '" + name + "', only " + members.keySet() + ".");
        }
        return json;
    }
}
