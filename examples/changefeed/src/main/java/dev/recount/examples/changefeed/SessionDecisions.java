package dev.recount.examples.changefeed;

import dev.recount.examples.changefeed.WorkCommand.CreateSession;
import dev.recount.examples.changefeed.WorkCommand.RegisterProject;
import dev.recount.examples.changefeed.WorkCommand.RestateProject;
import dev.recount.examples.changefeed.WorkCommand.RestateSession;
import dev.recount.examples.changefeed.WorkCommand.UpdateSession;
import dev.recount.examples.changefeed.WorkEvent.ProjectRegistered;
import dev.recount.examples.changefeed.WorkEvent.SessionCreated;
import dev.recount.examples.changefeed.WorkEvent.SessionUpdated;
import java.util.List;

/** What becomes of commands about projects and sessions. */
final class SessionDecisions {

    private SessionDecisions() {}

    static List<WorkEvent> register(RegisterProject command, WorkState work) {
        if (work.project(command.project()).isPresent()) {
            throw new WorkRejected.Exists("project", command.project(), command.project());
        }
        return List.of(new ProjectRegistered(command.project(), command.name(), command.occurredAt()));
    }

    static List<WorkEvent> create(CreateSession command, WorkState work) {
        existing(work, command.project());
        if (work.session(command.project(), command.session()).isPresent()) {
            throw new WorkRejected.Exists("session", command.project(), command.session());
        }
        return List.of(new SessionCreated(
                command.project(), command.session(), command.title(), SessionStatus.WORKING, command.occurredAt()));
    }

    static List<WorkEvent> update(UpdateSession command, WorkState work) {
        Session session = open(work, command.project(), command.session());
        if (session.title().equals(command.title()) && session.status() == command.status()) {
            return List.of();
        }
        return List.of(new SessionUpdated(
                session.project(), session.id(), command.title(), command.status(), command.occurredAt()));
    }

    static List<WorkEvent> restate(RestateProject command, WorkState work) {
        Project project = existing(work, command.project());
        return List.of(new ProjectRegistered(project.id(), project.name(), command.occurredAt()));
    }

    static List<WorkEvent> restate(RestateSession command, WorkState work) {
        Session session = open(work, command.project(), command.session());
        return List.of(new SessionUpdated(
                session.project(), session.id(), session.title(), session.status(), command.occurredAt()));
    }

    static Project existing(WorkState work, String project) {
        return work.project(project).orElseThrow(() -> new WorkRejected.NotFound("project", project, project));
    }

    static Session open(WorkState work, String project, String id) {
        existing(work, project);
        Session session =
                work.session(project, id).orElseThrow(() -> new WorkRejected.NotFound("session", project, id));
        if (session.hasEnded()) {
            throw new WorkRejected.Over("session", project, id);
        }
        return session;
    }
}
