package dev.recount.examples.town;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a bead says, as far as its log tells. Immutable.
 *
 * <p>All of it can be read and changed as texts by field name: {@code type}, {@code title}, {@code body}, {@code priority},
 * {@code parent}, {@code dependencies}, and any other name for an entry of its metadata.
 *
 * @param type what it is; null where not told
 * @param title in a line; null where not told
 * @param body in full; null where not told
 * @param priority how urgent; null where not told
 * @param parent the bead that it is a part of; null without
 * @param dependencies on what it rests
 * @param metadata anything else, by name
 */
public record BeadDetails(
        @Nullable BeadType type,
        @Nullable String title,
        @Nullable String body,
        @Nullable Priority priority,
        @Nullable String parent,
        List<Dependency> dependencies,
        SortedMap<String, String> metadata) {

    private static final BeadDetails NONE =
            new BeadDetails(null, null, null, null, null, List.of(), Collections.emptySortedMap());

    /** Copies the collections; what is missing is empty. */
    public BeadDetails {
        dependencies = dependencies == null ? List.of() : List.copyOf(dependencies);
        metadata = metadata == null || metadata.isEmpty()
                ? Collections.emptySortedMap()
                : Collections.unmodifiableSortedMap(new TreeMap<>(metadata));
    }

    /** Nothing told. */
    public static BeadDetails none() {
        return NONE;
    }

    /** A type and a title. */
    public static BeadDetails of(BeadType type, String title) {
        return none().with("type", type.word()).with("title", title);
    }

    /** The details that these texts say, by field name. */
    public static BeadDetails of(Map<String, String> fields) {
        BeadDetails details = none();
        for (Map.Entry<String, String> field : fields.entrySet()) {
            details = details.with(field.getKey(), field.getValue());
        }
        return details;
    }

    /** The field as text; null where it has none. */
    public @Nullable String get(String field) {
        return switch (field) {
            case "type" -> type == null ? null : type.word();
            case "title" -> title;
            case "body" -> body;
            case "priority" -> priority == null ? null : priority.word();
            case "parent" -> parent;
            case "dependencies" -> dependencies.isEmpty() ? null : Dependency.join(dependencies);
            default -> metadata.get(field);
        };
    }

    /** With another text in a field; null and the empty text clear it. */
    public BeadDetails with(String field, @Nullable String text) {
        String value = text == null || text.isEmpty() ? null : text;
        return switch (field) {
            case "type" ->
                new BeadDetails(
                        value == null ? null : BeadType.of(value),
                        title,
                        body,
                        priority,
                        parent,
                        dependencies,
                        metadata);
            case "title" -> new BeadDetails(type, value, body, priority, parent, dependencies, metadata);
            case "body" -> new BeadDetails(type, title, value, priority, parent, dependencies, metadata);
            case "priority" ->
                new BeadDetails(
                        type, title, body, value == null ? null : Priority.of(value), parent, dependencies, metadata);
            case "parent" -> new BeadDetails(type, title, body, priority, value, dependencies, metadata);
            case "dependencies" ->
                new BeadDetails(
                        type, title, body, priority, parent, Dependency.split(value == null ? "" : value), metadata);
            default -> withMetadata(field, value);
        };
    }

    /** The names of the fields that have a text. */
    public List<String> told() {
        SortedMap<String, String> names = new TreeMap<>(metadata);
        for (String field : List.of("type", "title", "body", "priority", "parent", "dependencies")) {
            if (get(field) != null) {
                names.put(field, "");
            }
        }
        return List.copyOf(names.keySet());
    }

    /** These details, with what the others tell put over them. */
    BeadDetails and(BeadDetails others) {
        BeadDetails merged = this;
        for (String field : others.told()) {
            merged = merged.with(field, others.get(field));
        }
        return merged;
    }

    private BeadDetails withMetadata(String name, @Nullable String value) {
        SortedMap<String, String> copy = new TreeMap<>(metadata);
        if (value == null) {
            copy.remove(name);
        } else {
            copy.put(name, value);
        }
        return new BeadDetails(type, title, body, priority, parent, dependencies, copy);
    }
}
