package dev.recount.examples.changefeed;

import dev.recount.event.EventType;
import dev.recount.store.Query;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A request to a project. It carries every id and the time, so that deciding asks nobody. */
public sealed interface WorkCommand {

    /** The project. */
    String project();

    /** When, by the clock of whoever asks. */
    Instant occurredAt();

    /** Which events its decision rests on; all that it decides lie inside. */
    Query boundary();

    /** About a project as such. */
    sealed interface ProjectCommand extends WorkCommand {
        @Override
        default Query boundary() {
            return Boundaries.registration(project());
        }
    }

    /** About a session. */
    sealed interface SessionCommand extends WorkCommand {

        /** The session. */
        String session();

        @Override
        default Query boundary() {
            return Boundaries.registration(project()).or(Boundaries.session(project(), session()));
        }
    }

    /** About a pull request. */
    sealed interface PrCommand extends WorkCommand {

        /** The pull request. */
        String pr();

        /** The session that it names; null where it names none. */
        default @Nullable String session() {
            return null;
        }

        @Override
        default Query boundary() {
            Query own = Boundaries.registration(project()).or(Boundaries.pr(project(), pr()));
            String session = session();
            return session == null ? own : own.or(Boundaries.session(project(), session));
        }
    }

    private static void required(@Nullable Object... components) {
        for (Object component : components) {
            if (component == null) {
                throw new IllegalArgumentException("it lacks a component that every such command has");
            }
        }
    }

    /** Keeps a project here. */
    @EventType("register_project")
    record RegisterProject(String project, String name, Instant occurredAt) implements ProjectCommand {
        public RegisterProject {
            required(project, name, occurredAt);
        }
    }

    /** Begins a session. */
    @EventType("create_session")
    record CreateSession(String project, String session, String title, Instant occurredAt) implements SessionCommand {
        public CreateSession {
            required(project, session, title, occurredAt);
        }
    }

    /** Changes a session. */
    @EventType("update_session")
    record UpdateSession(String project, String session, String title, SessionStatus status, Instant occurredAt)
            implements SessionCommand {
        public UpdateSession {
            required(project, session, title, status, occurredAt);
        }
    }

    /** Opens a pull request. */
    @EventType("create_pr")
    record CreatePr(
            String project, String pr, @Nullable String session, String title, String commit, Instant occurredAt)
            implements PrCommand {
        public CreatePr {
            required(project, pr, title, commit, occurredAt);
        }
    }

    /** Changes a pull request. */
    @EventType("update_pr")
    record UpdatePr(String project, String pr, String title, String commit, PrStatus status, Instant occurredAt)
            implements PrCommand {
        public UpdatePr {
            required(project, pr, title, commit, status, occurredAt);
        }
    }

    /** Tells what a check said. */
    @EventType("record_check")
    record RecordCheck(String project, String pr, Check check, Instant occurredAt) implements PrCommand {
        public RecordCheck {
            required(project, pr, check, occurredAt);
        }
    }

    /** Gives a pull request to another session, or to none. */
    @EventType("change_pr_session")
    record ChangePrSession(
            String project, String pr, @Nullable String session, Instant occurredAt) implements PrCommand {
        public ChangePrSession {
            required(project, pr, occurredAt);
        }
    }

    /** Says something about a line. */
    @EventType("add_review_thread")
    record AddReviewThread(
            String project,
            String pr,
            String thread,
            String path,
            int line,
            String author,
            String text,
            Instant occurredAt)
            implements PrCommand {
        public AddReviewThread {
            required(project, pr, thread, path, author, text, occurredAt);
        }
    }

    /** Settles what a reviewer said. */
    @EventType("resolve_review_thread")
    record ResolveReviewThread(String project, String pr, String thread, Instant occurredAt) implements PrCommand {
        public ResolveReviewThread {
            required(project, pr, thread, occurredAt);
        }
    }

    /** Tells once more that a project is kept here, before retention takes what told it. */
    @EventType("restate_project")
    record RestateProject(String project, Instant occurredAt) implements ProjectCommand {
        public RestateProject {
            required(project, occurredAt);
        }
    }

    /** Tells once more what a session is, before retention takes what told it. */
    @EventType("restate_session")
    record RestateSession(String project, String session, Instant occurredAt) implements SessionCommand {
        public RestateSession {
            required(project, session, occurredAt);
        }
    }

    /** Tells once more what a pull request is, before retention takes what told it. */
    @EventType("restate_pr")
    record RestatePr(String project, String pr, Instant occurredAt) implements PrCommand {
        public RestatePr {
            required(project, pr, occurredAt);
        }
    }
}
