package dev.recount.examples.orchestration;

import dev.recount.sql.SqlEventStore;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The rows of {@link OrchestrationTables}, as they are and as they should be. */
final class LiveTables {

    private LiveTables() {}

    static SortedMap<String, String> in(SqlEventStore store) {
        SortedMap<String, String> rows = new TreeMap<>();
        store.query("SELECT * FROM threads").forEach(row -> rows.put("thread:" + row.get("id"), thread(row)));
        store.query("SELECT * FROM turns").forEach(row -> rows.put("turn:" + row.get("id"), turn(row)));
        return rows;
    }

    static SortedMap<String, String> of(Orchestration all) {
        SortedMap<String, String> rows = new TreeMap<>();
        all.threads()
                .values()
                .forEach(thread -> rows.put(
                        "thread:" + thread.id(),
                        String.join("|", thread.project(), thread.title(), thread.archived() ? "1" : "0")));
        all.turns().values().forEach(turn -> rows.put("turn:" + turn.id(), turn(turn)));
        return rows;
    }

    private static String thread(Map<String, @Nullable Object> row) {
        return row.get("project") + "|" + row.get("title") + "|" + row.get("archived");
    }

    private static String turn(Map<String, @Nullable Object> row) {
        return row.get("thread") + "|" + row.get("status") + "|" + row.get("prompt") + "|" + row.get("text_length")
                + "|"
                + row.get("thinking_length") + "|" + row.get("tools") + "|" + row.get("pending") + "|"
                + row.get("ending");
    }

    private static String turn(Turn turn) {
        long tools =
                turn.entries().stream().filter(entry -> entry.tool() != null).count();
        long pending = turn.approvals().stream().filter(turn::isPending).count();
        return turn.thread() + "|" + turn.status().word() + "|" + turn.prompt() + "|"
                + turn.text().length() + "|" + turn.thinking().length() + "|" + tools + "|" + pending + "|"
                + turn.ending();
    }
}
