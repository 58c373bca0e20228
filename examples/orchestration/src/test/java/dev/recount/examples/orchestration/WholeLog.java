package dev.recount.examples.orchestration;

import dev.recount.event.StoredEvent;
import dev.recount.store.EventStore;
import dev.recount.store.Page;
import dev.recount.store.Query;
import dev.recount.store.ReadOptions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Looks through a log by types and tags alone, without the model, for what must never be. Not thread-safe. */
final class WholeLog {

    private static final Set<String> ENDS = Set.of("turn_completed", "turn_failed", "turn_interrupted");

    private final Set<String> removed = new HashSet<>();
    private final Map<String, String> active = new HashMap<>();
    private final List<String> problems = new ArrayList<>();

    private WholeLog() {}

    /** Events about what was removed before, and turns that began while another one went on. */
    static List<String> problems(EventStore store) {
        WholeLog log = new WholeLog();
        ReadOptions options = ReadOptions.defaults();
        Page page;
        do {
            page = store.read(Query.all(), options);
            page.events().forEach(log::look);
            options = options.after(page.upTo());
        } while (!page.complete());
        return log.problems;
    }

    private void look(StoredEvent event) {
        if (!event.type().equals("project_deleted") && !event.type().equals("thread_deleted")) {
            event.tags().asList().stream()
                    .filter(removed::contains)
                    .forEach(tag -> problems.add(event + " is about " + tag + ", which was removed before"));
        }
        String thread = event.tags().value("thread").orElse("");
        String turn = event.tags().value("turn").orElse("");
        switch (event.type()) {
            case "project_deleted" -> remove(event, "project");
            case "thread_deleted" -> {
                remove(event, "thread");
                active.remove(thread);
            }
            case "reverted_to_checkpoint" -> remove(event, "turn");
            case "turn_started" -> {
                if (active.put(thread, turn) != null) {
                    problems.add(event + " began while another turn of its thread went on");
                }
            }
            default -> {
                if (ENDS.contains(event.type()) && !active.remove(thread, turn)) {
                    problems.add(event + " ends a turn that does not go on");
                }
            }
        }
    }

    private void remove(StoredEvent event, String key) {
        event.tags().asList().stream().filter(tag -> tag.startsWith(key + ":")).forEach(tag -> {
            if (!removed.add(tag)) {
                problems.add(event + " removes " + tag + " again");
            }
        });
    }
}
