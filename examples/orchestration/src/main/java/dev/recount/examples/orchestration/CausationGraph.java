package dev.recount.examples.orchestration;

import dev.recount.EventLog;
import dev.recount.codec.RecordedEvent;
import dev.recount.event.StoredEvent;
import dev.recount.store.Query;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What led to what in a turn: an event's metadata names the event, or the command, that caused it, and the conversation it belongs to.
 *
 * <p>Immutable.
 */
public final class CausationGraph {

    private final String turn;
    private final List<Node> roots;

    private CausationGraph(String turn, List<Node> roots) {
        this.turn = turn;
        this.roots = roots;
    }

    /**
     * An event, and the events that it led to. Immutable.
     *
     * @param event what happened
     * @param effects what it led to, in order
     */
    public record Node(StoredEvent event, List<Node> effects) {

        /** Copies the effects. */
        public Node {
            effects = List.copyOf(effects);
        }
    }

    /** What led to what in a turn. An event whose cause is not of the turn, or is not told, is a beginning. */
    public static CausationGraph ofTurn(EventLog<OrchestrationEvent> log, String turn) {
        List<StoredEvent> events = log.read(Query.tagged("turn", turn)).stream()
                .map(RecordedEvent::stored)
                .distinct()
                .toList();
        Map<String, Long> byCause = new HashMap<>();
        Map<Long, List<StoredEvent>> effects = new HashMap<>();
        List<StoredEvent> first = new ArrayList<>();
        for (StoredEvent event : events) {
            Optional<Long> cause = event.metadata().causationId().map(byCause::get);
            cause.map(sequence -> effects.computeIfAbsent(sequence, none -> new ArrayList<>()))
                    .orElse(first)
                    .add(event);
            byCause.put("event:" + event.sequence(), event.sequence());
            event.metadata().commandId().ifPresent(command -> byCause.put(command, event.sequence()));
        }
        return new CausationGraph(turn, nodes(first, effects));
    }

    /** The events that nothing in the turn led to. */
    public List<Node> roots() {
        return roots;
    }

    /** The graph as lines for people: each event below what led to it. */
    public String print() {
        StringBuilder out = new StringBuilder(turn).append('\n');
        print(roots, "", out);
        return out.toString();
    }

    private static List<Node> nodes(List<StoredEvent> events, Map<Long, List<StoredEvent>> effects) {
        return events.stream()
                .map(event -> new Node(event, nodes(effects.getOrDefault(event.sequence(), List.of()), effects)))
                .toList();
    }

    private static void print(List<Node> nodes, String indent, StringBuilder out) {
        for (int i = 0; i < nodes.size(); i++) {
            boolean isLast = i == nodes.size() - 1;
            Node node = nodes.get(i);
            out.append(indent)
                    .append(isLast ? "└─ " : "├─ ")
                    .append(line(node.event()))
                    .append('\n');
            print(node.effects(), indent + (isLast ? "   " : "│  "), out);
        }
    }

    private static String line(StoredEvent event) {
        String command =
                event.metadata().commandId().map(id -> ", command " + id).orElse("");
        String actor = event.metadata().actor().map(name -> ", by " + name).orElse("");
        String conversation =
                event.metadata().correlationId().map(id -> ", in " + id).orElse("");
        return event.sequence() + " " + event.type() + "   " + Sentences.of(event)
                + (command + actor + conversation).replaceFirst("^, ", "   (")
                + (command.isEmpty() && actor.isEmpty() && conversation.isEmpty() ? "" : ")");
    }
}
