package dev.recount.examples.orchestration;

import dev.recount.examples.orchestration.ProviderEvent.AwaitingApproval;
import dev.recount.examples.orchestration.ProviderEvent.TextDelta;
import dev.recount.examples.orchestration.ProviderEvent.ThinkingDelta;
import dev.recount.examples.orchestration.ProviderEvent.ToolCall;
import dev.recount.examples.orchestration.ProviderEvent.ToolResult;
import dev.recount.examples.orchestration.ProviderEvent.TurnComplete;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;

/**
 * Plays an agent: it thinks, edits a file when it is allowed to, and says so, in pieces of a few characters as real ones come. Not thread-safe.
 */
final class ScriptedProvider {

    private static final int PIECE = 3;

    private final Path folder;
    private final Duration pace;

    ScriptedProvider(Path folder, Duration pace) {
        this.folder = folder;
        this.pace = pace;
    }

    /** What the agent does with one file. Immutable. */
    record Script(String thought, String file, String text, String answer) {}

    /** Says whether a tool may be used. Waits for whoever decides that. */
    interface Approvals {
        Answer ask(String approval) throws InterruptedException;
    }

    /** Plays a turn up to its end. */
    void run(Script script, TurnStream stream, Approvals approvals) throws IOException, InterruptedException {
        inPieces(script.thought(), true, stream);
        stream.accept(new ToolCall("edit-1", "edit", script.file() + ": " + script.text()));
        stream.accept(new AwaitingApproval("ask-1", "edit-1", "May I write " + script.file() + "?"));
        Answer answer = approvals.ask("ask-1");
        stream.accept(new ToolResult("edit-1", edited(script, answer), !answer.allows()));
        inPieces(script.answer(), false, stream);
        stream.accept(new TurnComplete("end of turn"));
    }

    private String edited(Script script, Answer answer) throws IOException {
        if (!answer.allows()) {
            return "Not allowed: " + answer.name().toLowerCase(Locale.ROOT);
        }
        Files.writeString(folder.resolve(script.file()), script.text() + "\n");
        return "Wrote " + script.file();
    }

    // Pieces end where they end, also inside a surrogate pair, as they do on a real line.
    private void inPieces(String text, boolean thought, TurnStream stream) throws InterruptedException {
        for (int from = 0; from < text.length(); from += PIECE) {
            String piece = text.substring(from, Math.min(text.length(), from + PIECE));
            stream.accept(thought ? new ThinkingDelta(piece) : new TextDelta(piece));
            Thread.sleep(pace.toMillis());
        }
    }
}
