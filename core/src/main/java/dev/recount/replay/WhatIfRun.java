package dev.recount.replay;

import dev.recount.codec.UndecodableEvent;
import dev.recount.event.StoredEvent;
import dev.recount.internal.CommandRecord;
import dev.recount.replay.WhatIfResult.Problem;
import dev.recount.store.EventStore;
import dev.recount.store.Page;
import dev.recount.store.Query;
import dev.recount.store.ReadOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One run of a what-if: gathers the events of each recorded command, also across pages, and counts. */
final class WhatIfRun<C> {

    private static final int LISTED = 1_000;
    private static final int KEPT_PROBLEMS = 100;

    private final EventStore store;
    private final SecondDecision<C, ?, ?> again;
    private final Consumer<ReplayProgress> progress;
    private final List<DifferentDecision<C>> differing = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();
    private final List<StoredEvent> open = new ArrayList<>();
    private @Nullable CommandRecord command;
    private long decisions;
    private long same;
    private long withoutCommand;
    private long incomparable;
    private long events;

    WhatIfRun(EventStore store, SecondDecision<C, ?, ?> again, Consumer<ReplayProgress> progress) {
        this.store = store;
        this.again = again;
        this.progress = progress;
    }

    WhatIfResult<C> run() {
        long head = store.info().head();
        ReadOptions options = ReadOptions.defaults().until(head);
        Page page;
        long upTo = 0;
        do {
            requireNotInterrupted(upTo, head);
            page = store.read(Query.all(), options.after(upTo));
            page.events().forEach(this::take);
            upTo = page.upTo();
            progress.accept(new ReplayProgress(upTo, head, events));
        } while (!page.complete());
        decide();
        return new WhatIfResult<>(upTo, decisions, same, differing, withoutCommand, incomparable, problems);
    }

    private void take(StoredEvent event) {
        events++;
        Optional<CommandRecord> recorded = CommandRecord.of(event);
        if (recorded.isPresent()) {
            decide();
            command = recorded.get();
        }
        if (command == null) {
            withoutCommand++;
            return;
        }
        open.add(event);
        if (open.size() == command.events()) {
            decide();
        }
    }

    /** Decides on the command whose events are complete now; a log that was copied with changes may have fewer than there were. */
    private void decide() {
        CommandRecord recorded = command;
        if (recorded != null) {
            compare(recorded, List.copyOf(open));
            command = null;
            open.clear();
        }
    }

    private void compare(CommandRecord recorded, List<StoredEvent> stored) {
        try {
            Optional<DifferentDecision<C>> other = again.compare(recorded, stored);
            decisions++;
            if (other.isEmpty()) {
                same++;
            } else if (differing.size() < LISTED) {
                differing.add(other.get());
            }
        } catch (UndecodableEvent e) {
            incomparable++;
            if (problems.size() < KEPT_PROBLEMS) {
                problems.add(problem(stored.get(0).sequence(), e));
            }
        }
    }

    private static Problem problem(long first, UndecodableEvent cause) {
        String what = cause.sequence() == first ? "Its command" : "What it rests on";
        return new Problem(first, what + " cannot be read. " + cause.getMessage());
    }

    private static void requireNotInterrupted(long upTo, long head) {
        if (Thread.currentThread().isInterrupted()) {
            throw new CancellationException("The what-if was stopped at sequence " + upTo + " of " + head + ".");
        }
    }
}
