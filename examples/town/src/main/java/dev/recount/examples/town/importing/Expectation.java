package dev.recount.examples.town.importing;

import com.fasterxml.jackson.databind.JsonNode;
import dev.recount.EventLog;
import dev.recount.event.StoredEvent;
import dev.recount.examples.town.Bead;
import dev.recount.examples.town.TownEvent;
import dev.recount.examples.town.TownState;
import dev.recount.store.Query;
import dev.recount.store.ReadOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * How beads stand by a file of theirs, one JSON object a line: what a replay is held against.
 *
 * <p>Of each bead it keeps the status, title, priority, assignee and labels. Labels come with the bead, or from a file
 * {@code labels.jsonl} beside it; where neither is there, labels are not compared. Immutable.
 *
 * <pre>{@code
 * Comparison comparison = Expectation.read(Path.of("issues.jsonl")).compare(town, rig);
 * }</pre>
 */
public final class Expectation {

    /** The fields that are compared. */
    public static final List<String> FIELDS = List.of("status", "title", "priority", "assignee", "labels");

    private final SortedMap<String, Map<String, String>> beads;

    private Expectation(SortedMap<String, Map<String, String>> beads) {
        this.beads = beads;
    }

    /**
     * Reads a file of beads.
     *
     * @throws IllegalArgumentException where a line is not a bead; the message names the line
     * @throws java.io.UncheckedIOException where the file cannot be read
     */
    public static Expectation read(Path file) {
        Path labels = file.resolveSibling("labels.jsonl");
        Map<String, SortedSet<String>> labelsOf = Files.exists(labels) ? labels(labels) : Map.of();
        SortedMap<String, Map<String, String>> beads = new TreeMap<>();
        Lines.each(file, (number, line) -> {
            try {
                JsonNode bead = Json.object(line);
                beads.put(Json.required(bead, "id"), fields(bead, labelsOf, Files.exists(labels)));
            } catch (Unresolvable e) {
                throw new IllegalArgumentException(
                        "Line " + number + " of " + file + " is not a bead: " + e.getMessage() + ". Correct the file.",
                        e);
            }
        });
        return new Expectation(beads);
    }

    /** The ids of the beads in the file. */
    public Collection<String> keys() {
        return List.copyOf(beads.keySet());
    }

    /**
     * Compares all fields of every bead that both sides know.
     *
     * @param town what was replayed
     * @param rig where the last event of a differing bead is looked up
     */
    public Comparison compare(TownState town, EventLog<TownEvent> rig) {
        List<String> missing = new ArrayList<>();
        List<Divergence> diverging = new ArrayList<>();
        SortedMap<String, Long> agreeing = new TreeMap<>();
        long compared = 0;
        long equal = 0;
        for (Map.Entry<String, Map<String, String>> live : beads.entrySet()) {
            Bead replayed = town.bead(live.getKey()).orElse(null);
            if (replayed == null) {
                missing.add(live.getKey());
                continue;
            }
            compared++;
            List<Divergence> differences = differences(live.getValue(), replayed, rig, agreeing);
            equal += differences.isEmpty() ? 1 : 0;
            diverging.addAll(differences);
        }
        List<String> extra = new ArrayList<>(town.beads().keySet());
        extra.removeAll(beads.keySet());
        return new Comparison(compared, equal, agreeing, diverging, missing, extra);
    }

    private static List<Divergence> differences(
            Map<String, String> live, Bead replayed, EventLog<TownEvent> rig, SortedMap<String, Long> agreeing) {
        List<Divergence> differences = new ArrayList<>();
        long lastSequence = 0;
        for (String field : FIELDS) {
            String expected = live.get(field);
            String actual = field(replayed, field);
            if (expected == null) {
                continue;
            }
            if (expected.equals(actual)) {
                agreeing.merge(field, 1L, Long::sum);
                continue;
            }
            lastSequence = lastSequence == 0 ? lastSequence(replayed.id(), rig) : lastSequence;
            differences.add(new Divergence(replayed.id(), field, expected, actual, lastSequence, reason(actual)));
        }
        return differences;
    }

    private static String reason(String actual) {
        return actual.isEmpty() ? "no event tells it" : "the events tell another value";
    }

    private static long lastSequence(String bead, EventLog<TownEvent> rig) {
        return rig
                .store()
                .read(
                        Query.tagged("bead", bead),
                        ReadOptions.defaults().newestFirst().withLimit(1))
                .events()
                .stream()
                .mapToLong(StoredEvent::sequence)
                .findFirst()
                .orElse(0);
    }

    private static String field(Bead bead, String field) {
        return switch (field) {
            case "status" -> bead.status().word();
            case "assignee" -> orEmpty(bead.assignee());
            case "labels" -> String.join(" ", bead.labels());
            default -> orEmpty(bead.details().get(field));
        };
    }

    private static Map<String, String> fields(
            JsonNode bead, Map<String, SortedSet<String>> labelsOf, boolean labelsKnown) {
        Map<String, String> fields = new TreeMap<>();
        fields.put("status", Json.text(bead, "status"));
        fields.put("title", Json.text(bead, "title"));
        fields.put("priority", orEmpty(Value.detail("priority", bead.path("priority"))));
        fields.put("assignee", Json.text(bead, "assignee"));
        if (bead.has("labels")) {
            fields.put("labels", String.join(" ", new TreeSet<>(Value.labels(bead.path("labels")))));
        } else if (labelsKnown) {
            fields.put("labels", String.join(" ", labelsOf.getOrDefault(Json.text(bead, "id"), new TreeSet<>())));
        }
        return fields;
    }

    private static Map<String, SortedSet<String>> labels(Path file) {
        Map<String, SortedSet<String>> labels = new TreeMap<>();
        Lines.each(file, (number, line) -> {
            JsonNode row = Json.object(line);
            labels.computeIfAbsent(Json.text(row, "issue_id"), bead -> new TreeSet<>())
                    .add(Json.text(row, "label"));
        });
        return labels;
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
