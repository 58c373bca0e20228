package dev.recount.examples.cli.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.recount.codec.jackson.JacksonRows;
import dev.recount.examples.cli.output.Json;
import dev.recount.replay.StateRows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A table as a file tells it: rows by key, each with fields by name. What is not an object is a row of one field, {@code value}.
 *
 * <p>Immutable.
 *
 * @param byKey the rows
 */
record Rows(SortedMap<String, Map<String, @Nullable Object>> byKey) {

    private static final StateRows<Map<String, Map<String, @Nullable Object>>> TABLE =
            StateRows.of(Map::keySet, Map::get);

    /** Copies the rows, not what they hold. */
    Rows {
        byKey = Collections.unmodifiableSortedMap(new TreeMap<>(byKey));
    }

    /** The fields of a JSON object as rows; another value as the only row, named {@code state}. */
    static Rows ofJson(JsonNode value) {
        SortedMap<String, Map<String, @Nullable Object>> rows = new TreeMap<>();
        if (value.isObject()) {
            for (Map.Entry<String, JsonNode> field : value.properties()) {
                rows.put(field.getKey(), JacksonRows.row(field.getValue()));
            }
        } else {
            rows.put("state", JacksonRows.row(value));
        }
        return new Rows(rows);
    }

    /**
     * The rows in a file that holds one JSON value, or an object a line with its key as {@code id}.
     *
     * @throws IllegalArgumentException where the file is neither
     */
    static Rows ofFile(Path file) {
        List<String> lines = lines(file);
        if (lines.size() == 1) {
            JsonNode only = json(file, 1, lines.get(0));
            return only.has("id") ? ofLines(file, lines) : ofJson(only);
        }
        return isWhole(lines) ? ofJson(json(file, 1, String.join("\n", lines))) : ofLines(file, lines);
    }

    /** Compares these as the live rows with replayed ones, in the fields that these have. */
    Verdict compare(Rows replayed) {
        Map<String, Map<String, @Nullable Object>> sameFields = new TreeMap<>();
        replayed.byKey.forEach((key, row) -> sameFields.put(key, only(row, byKey.get(key))));
        long compared = byKey.keySet().stream().filter(sameFields::containsKey).count();
        return Verdict.of(compared, TABLE.changes(byKey, sameFields));
    }

    private static Map<String, @Nullable Object> only(
            Map<String, @Nullable Object> row, @Nullable Map<String, @Nullable Object> fields) {
        if (fields == null) {
            return row;
        }
        Map<String, @Nullable Object> kept = new LinkedHashMap<>(row);
        kept.keySet().retainAll(fields.keySet());
        return kept;
    }

    private static Rows ofLines(Path file, List<String> lines) {
        SortedMap<String, Map<String, @Nullable Object>> rows = new TreeMap<>();
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).isBlank()) {
                continue;
            }
            JsonNode row = json(file, i + 1, lines.get(i));
            if (!row.path("id").isTextual()) {
                throw new IllegalArgumentException("Line " + (i + 1) + " of " + file
                        + " has no id. Give an object a line, each with its key as id.");
            }
            rows.put(row.path("id").textValue(), JacksonRows.row(row));
        }
        return new Rows(rows);
    }

    private static boolean isWhole(List<String> lines) {
        try {
            Json.read(String.join("\n", lines));
            return true;
        } catch (JsonProcessingException e) {
            return false;
        }
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new IllegalArgumentException(file + " cannot be read. Give a file of expected rows.", e);
        }
    }

    private static JsonNode json(Path file, int line, String text) {
        try {
            return Json.read(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "Line " + line + " of " + file + " is no JSON: " + e.getOriginalMessage() + ".", e);
        }
    }
}
