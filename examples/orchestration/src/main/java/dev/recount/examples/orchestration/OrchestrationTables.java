package dev.recount.examples.orchestration;

import dev.recount.event.StoredEvent;
import dev.recount.examples.orchestration.CheckpointEvent.RevertedToCheckpoint;
import dev.recount.examples.orchestration.ThreadEvent.ThreadArchived;
import dev.recount.examples.orchestration.ThreadEvent.ThreadCreated;
import dev.recount.examples.orchestration.ThreadEvent.ThreadDeleted;
import dev.recount.examples.orchestration.ThreadEvent.ThreadRenamed;
import dev.recount.examples.orchestration.ThreadEvent.ThreadUnarchived;
import dev.recount.examples.orchestration.TurnEvent.ApprovalAnswered;
import dev.recount.examples.orchestration.TurnEvent.ApprovalRequested;
import dev.recount.examples.orchestration.TurnEvent.TextStreamed;
import dev.recount.examples.orchestration.TurnEvent.ThinkingStreamed;
import dev.recount.examples.orchestration.TurnEvent.ToolCalled;
import dev.recount.examples.orchestration.TurnEvent.TurnCompleted;
import dev.recount.examples.orchestration.TurnEvent.TurnFailed;
import dev.recount.examples.orchestration.TurnEvent.TurnInterrupted;
import dev.recount.examples.orchestration.TurnEvent.TurnStarted;
import dev.recount.sql.FailurePolicy;
import dev.recount.sql.SqlReadModel;
import dev.recount.sql.SqlStatements;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The tables {@code threads} and {@code turns}, for lists: written in the transaction of each append, and with it or not at all.
 *
 * <p>They count characters and keep no text, since half a surrogate pair, where a provider cut there, has no place in a column. An event
 * that cannot be decoded takes its own thread out of the tables' hands, and no other. One class for SQLite and PostgreSQL. Immutable.
 */
public final class OrchestrationTables implements SqlReadModel {

    private static final String THREADS = """
            CREATE TABLE {threads} (id TEXT PRIMARY KEY, project TEXT NOT NULL, title TEXT NOT NULL, archived INTEGER NOT NULL)""";

    private static final String TURNS = """
            CREATE TABLE {turns} (id TEXT PRIMARY KEY, thread TEXT NOT NULL, status TEXT NOT NULL, prompt TEXT NOT NULL,
            text_length INTEGER NOT NULL, thinking_length INTEGER NOT NULL, tools INTEGER NOT NULL, pending INTEGER NOT NULL,
            ending TEXT)""";

    /** The tables of every log. */
    public OrchestrationTables() {}

    @Override
    public String name() {
        return "orchestration";
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public List<String> schema() {
        return List.of(THREADS, TURNS, "CREATE INDEX {turns_of_thread} ON {turns} (thread)");
    }

    @Override
    public FailurePolicy onFailure() {
        return FailurePolicy.quarantine("thread");
    }

    @Override
    public void apply(StoredEvent stored, SqlStatements sql) {
        for (OrchestrationEvent event : OrchestrationLog.codec().decodeKnown(stored)) {
            if (event instanceof TurnEvent inTurn) {
                applyToTurn(inTurn, sql);
            } else if (event instanceof RevertedToCheckpoint reverted) {
                reverted.removedTurns().forEach(turn -> sql.execute("DELETE FROM {turns} WHERE id = ?", turn));
            } else {
                applyToThread(event, sql);
            }
        }
    }

    private static void applyToThread(OrchestrationEvent event, SqlStatements sql) {
        if (event instanceof ThreadCreated created) {
            sql.execute(
                    "INSERT INTO {threads} (id, project, title, archived) VALUES (?, ?, ?, 0)",
                    created.thread(),
                    created.project(),
                    created.title());
        } else if (event instanceof ThreadRenamed renamed) {
            sql.execute("UPDATE {threads} SET title = ? WHERE id = ?", renamed.title(), renamed.thread());
        } else if (event instanceof ThreadArchived archived) {
            sql.execute("UPDATE {threads} SET archived = 1 WHERE id = ?", archived.thread());
        } else if (event instanceof ThreadUnarchived unarchived) {
            sql.execute("UPDATE {threads} SET archived = 0 WHERE id = ?", unarchived.thread());
        } else if (event instanceof ThreadDeleted deleted) {
            sql.execute("DELETE FROM {turns} WHERE thread = ?", deleted.thread());
            sql.execute("DELETE FROM {threads} WHERE id = ?", deleted.thread());
        }
    }

    private static void applyToTurn(TurnEvent event, SqlStatements sql) {
        if (event instanceof TurnStarted started) {
            sql.execute(
                    "INSERT INTO {turns} (id, thread, status, prompt, text_length, thinking_length, tools, pending)"
                            + " VALUES (?, ?, 'running', ?, 0, 0, 0, 0)",
                    started.turn(),
                    started.thread(),
                    started.prompt());
        } else if (event instanceof TurnCompleted completed) {
            end(event, TurnStatus.COMPLETED, completed.reason(), sql);
        } else if (event instanceof TurnFailed failed) {
            end(event, TurnStatus.FAILED, failed.message(), sql);
        } else if (event instanceof TurnInterrupted) {
            end(event, TurnStatus.INTERRUPTED, null, sql);
        } else {
            applyToRunning(event, sql);
        }
    }

    private static void applyToRunning(TurnEvent event, SqlStatements sql) {
        if (event instanceof TextStreamed more) {
            int length = more.text().length();
            sql.execute("UPDATE {turns} SET text_length = text_length + ? WHERE id = ?", length, more.turn());
        } else if (event instanceof ThinkingStreamed more) {
            int length = more.text().length();
            sql.execute("UPDATE {turns} SET thinking_length = thinking_length + ? WHERE id = ?", length, more.turn());
        } else if (event instanceof ToolCalled called) {
            sql.execute("UPDATE {turns} SET tools = tools + 1 WHERE id = ?", called.turn());
        } else if (event instanceof ApprovalRequested asked) {
            sql.execute(
                    "UPDATE {turns} SET pending = pending + 1, status = 'awaiting_approval' WHERE id = ?",
                    asked.turn());
        } else if (event instanceof ApprovalAnswered answered) {
            sql.execute(
                    "UPDATE {turns} SET pending = pending - 1,"
                            + " status = CASE WHEN pending > 1 THEN 'awaiting_approval' ELSE 'running' END WHERE id = ?",
                    answered.turn());
        }
    }

    private static void end(TurnEvent event, TurnStatus status, @Nullable String why, SqlStatements sql) {
        sql.execute(
                "UPDATE {turns} SET status = ?, ending = ?, pending = 0 WHERE id = ?",
                status.word(),
                why,
                event.turn());
    }
}
