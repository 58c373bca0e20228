package dev.recount.examples.orchestration;

import dev.recount.store.Query;
import java.time.Instant;

/** Commands about a thread, or something in it. */
public sealed interface ThreadCommand extends OrchestrationCommand
        permits ThreadCommand.CreateThread,
                ThreadCommand.RenameThread,
                ThreadCommand.ArchiveThread,
                ThreadCommand.UnarchiveThread,
                ThreadCommand.DeleteThread,
                TurnCommand,
                GitCommand {

    /** The thread. */
    String thread();

    @Override
    default Query boundary() {
        return Boundaries.thread(thread());
    }

    /** Begins a thread in a project. */
    record CreateThread(String project, String thread, String title, Instant occurredAt) implements ThreadCommand {
        public CreateThread {
            Required.texts(project, thread, title);
            Required.components(occurredAt);
        }

        @Override
        public Query boundary() {
            return Boundaries.project(project).or(Boundaries.thread(thread));
        }
    }

    /** Gives a thread another title. */
    record RenameThread(String thread, String title, Instant occurredAt) implements ThreadCommand {
        public RenameThread {
            Required.texts(thread, title);
            Required.components(occurredAt);
        }
    }

    /** Puts a thread away; nothing happens in it any more. */
    record ArchiveThread(String thread, Instant occurredAt) implements ThreadCommand {
        public ArchiveThread {
            Required.texts(thread);
            Required.components(occurredAt);
        }
    }

    /** Takes a thread out again. */
    record UnarchiveThread(String thread, Instant occurredAt) implements ThreadCommand {
        public UnarchiveThread {
            Required.texts(thread);
            Required.components(occurredAt);
        }
    }

    /** Removes a thread and everything in it, also while it is at work. */
    record DeleteThread(String thread, Instant occurredAt) implements ThreadCommand {
        public DeleteThread {
            Required.texts(thread);
            Required.components(occurredAt);
        }
    }
}
