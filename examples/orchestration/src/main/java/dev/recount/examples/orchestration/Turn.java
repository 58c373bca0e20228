package dev.recount.examples.orchestration;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A prompt, and what an agent made of it. It does not depend on how the provider cut the text into pieces. Immutable.
 *
 * @param id its id
 * @param thread the thread
 * @param prompt what was asked of the agent
 * @param status where it stands
 * @param entries what the agent said and did, in order
 * @param approvals what it asked for, in order
 * @param ending why it ended, where somebody said
 * @param startedAt when it began
 */
public record Turn(
        String id,
        String thread,
        String prompt,
        TurnStatus status,
        List<Entry> entries,
        List<Approval> approvals,
        @Nullable String ending,
        Instant startedAt) {

    /** Copies entries and approvals. */
    public Turn {
        entries = List.copyOf(entries);
        approvals = List.copyOf(approvals);
    }

    static Turn started(String id, String thread, String prompt, Instant at) {
        return new Turn(id, thread, prompt, TurnStatus.RUNNING, List.of(), List.of(), null, at);
    }

    /** The answer. */
    public String text() {
        return joined(Entry.Kind.TEXT);
    }

    /** What was thought on the way to it. */
    public String thinking() {
        return joined(Entry.Kind.THINKING);
    }

    /** The use of a tool, by its id. */
    public Optional<Entry.ToolUse> toolUse(String toolCall) {
        return entries.stream()
                .filter(entry -> entry.isUse(toolCall))
                .findFirst()
                .map(Entry::tool);
    }

    /** What was asked, by its id. */
    public Optional<Approval> approval(String approval) {
        return approvals.stream().filter(asked -> asked.id().equals(approval)).findFirst();
    }

    /** Whether that waits for an answer. */
    public boolean isPending(Approval approval) {
        return !status.isOver() && approval.answer() == null;
    }

    /** Whether a tool was allowed until the end of the thread. */
    boolean allowsForSession(String tool) {
        return approvals.stream()
                .filter(asked -> asked.answer() == Answer.ACCEPT_FOR_SESSION)
                .flatMap(asked -> toolUse(asked.toolCall()).stream())
                .anyMatch(use -> use.name().equals(tool));
    }

    Turn streamed(Entry.Kind kind, String text) {
        List<Entry> next = new ArrayList<>(entries);
        int last = next.size() - 1;
        if (last >= 0 && next.get(last).kind() == kind) {
            next.set(last, next.get(last).continued(text));
        } else {
            next.add(new Entry(kind, text, null));
        }
        return withEntries(next);
    }

    Turn toolCalled(String toolCall, String name, String input) {
        List<Entry> next = new ArrayList<>(entries);
        next.add(Entry.toolUse(toolCall, name, input));
        return withEntries(next);
    }

    Turn toolReturned(String toolCall, String output, boolean failed) {
        return withEntries(replaced(entries, entry -> entry.isUse(toolCall) ? entry.returned(output, failed) : entry));
    }

    Turn asked(Approval approval) {
        List<Approval> next = new ArrayList<>(approvals);
        next.add(approval);
        return withApprovals(next);
    }

    Turn answered(String approval, Answer answer) {
        return withApprovals(
                replaced(approvals, asked -> asked.id().equals(approval) ? asked.answered(answer) : asked));
    }

    Turn ended(TurnStatus how, @Nullable String why) {
        return new Turn(id, thread, prompt, how, entries, approvals, why, startedAt);
    }

    private Turn withEntries(List<Entry> next) {
        return new Turn(id, thread, prompt, status, next, approvals, ending, startedAt);
    }

    private Turn withApprovals(List<Approval> next) {
        boolean waits = next.stream().anyMatch(this::isPending);
        TurnStatus now = status.isOver() ? status : waits ? TurnStatus.AWAITING_APPROVAL : TurnStatus.RUNNING;
        return new Turn(id, thread, prompt, now, entries, next, ending, startedAt);
    }

    private String joined(Entry.Kind kind) {
        return entries.stream()
                .filter(entry -> entry.kind() == kind)
                .map(Entry::text)
                .collect(Collectors.joining());
    }

    private static <T> List<T> replaced(List<T> all, UnaryOperator<T> change) {
        return all.stream().map(change).toList();
    }
}
