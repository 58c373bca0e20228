package dev.recount.examples.town.importing;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Which rig the ids with a prefix belong to, as {@code routes.jsonl} says: {@code {"prefix":"mi-","path":"miden"}}. Immutable. */
record Routes(Map<String, String> rigs) {

    /** The town's own rig, whose path is {@code .}. */
    static final String TOWN = "hq";

    static Routes read(Path file) {
        Map<String, String> rigs = new TreeMap<>();
        Lines.each(file, (number, line) -> {
            JsonNode route = Json.object(line);
            String path = Json.required(route, "path");
            rigs.put(Json.required(route, "prefix"), path.equals(".") ? TOWN : path);
        });
        return new Routes(Map.copyOf(rigs));
    }

    /** The rig of an id: the one with the longest prefix that fits. */
    Optional<String> rigOf(String id) {
        return rigs.entrySet().stream()
                .filter(route -> id.startsWith(route.getKey()))
                .max(Map.Entry.comparingByKey(Comparator.comparingInt(String::length)))
                .map(Map.Entry::getValue);
    }
}
