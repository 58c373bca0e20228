package dev.recount.examples.workspaces;

import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import dev.recount.codec.UndecodableEvent;
import dev.recount.command.Outcome;
import dev.recount.event.Metadata;
import dev.recount.event.StoredEvent;
import dev.recount.event.Tags;
import dev.recount.feed.FeedRefused;
import dev.recount.store.Query;
import dev.recount.store.ReadOptions;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** What can be asked beside the feed. Thread-safe. */
final class Endpoints {

    static final String WORKSPACES = "/api/workspaces";
    static final int MOST_EVENTS = 500;

    private final Headquarters headquarters;
    private final Access access;

    Endpoints(Headquarters headquarters) {
        this.headquarters = headquarters;
        this.access = new Access(headquarters);
    }

    /** {@code GET /api/organisation?at=}: the tree at a sequence or a time. */
    String organisation(HttpExchange exchange) {
        Asked asked = new Asked(exchange);
        asked.requireNothingBelow();
        access.requireCanvas(asked.request());
        Organisation organisation = asked.organisation("at", headquarters.history());
        ObjectNode answer = OrganisationJson.object();
        answer.set("workspaces", OrganisationJson.below(Organisation.TOP, organisation));
        return answer.toString();
    }

    /** {@code GET /api/diff?from=&to=}: what became of it between two of these. */
    String diff(HttpExchange exchange) {
        Asked asked = new Asked(exchange);
        asked.requireNothingBelow();
        access.requireCanvas(asked.request());
        if (asked.request().parameter("from").isEmpty()) {
            throw FeedRefused.badRequest("INVALID_FROM", "Parameter from is missing. Give a sequence or a time.");
        }
        TreeDiff diff = TreeDiff.between(
                asked.organisation("from", headquarters.history()), asked.organisation("to", headquarters.history()));
        ObjectNode answer = OrganisationJson.object();
        answer.set("workspaces", OrganisationJson.of(diff.tops()));
        return answer.toString();
    }

    /** {@code GET /api/workspaces/ID} and {@code /api/workspaces/ID/activities}. */
    String workspace(HttpExchange exchange) {
        Asked asked = new Asked(exchange);
        List<String> below = asked.below();
        String id = below.get(0);
        access.requireSees(asked.request(), id);
        Workspace workspace = known(id);
        if (!workspace.isThere()) {
            throw gone(workspace, exchange);
        }
        if (below.size() == 1) {
            return OrganisationJson.of(workspace).toString();
        }
        if (below.size() == 2 && below.get(1).equals("activities")) {
            ObjectNode answer = OrganisationJson.object();
            answer.set(
                    "activities",
                    OrganisationJson.activities(headquarters.activities().of(id)));
            return answer.toString();
        }
        throw Asked.nothing();
    }

    /** {@code GET /api/workspaces/ID/events}: what happened to it, also where it is gone. */
    Query eventsOf(HttpExchange exchange) {
        Asked asked = new Asked(exchange);
        String id = asked.below().get(0);
        Query events = access.eventsOf(asked.request(), id);
        asked.requireLimit(MOST_EVENTS);
        return events;
    }

    /** {@code POST /api/heartbeats/ID}. */
    String heartbeat(HttpExchange exchange) throws IOException {
        Asked asked = new Asked(exchange);
        String id = asked.name();
        access.requireAgentOf(asked.request(), id);
        ObjectNode body = asked.body();
        headquarters
                .heartbeats()
                .take(new Heartbeats.Heartbeat(
                        id,
                        errorRate(body, id),
                        body.path("sample_error").asText(null),
                        body.path("current_task").asText(null)));
        return "{}";
    }

    /** {@code POST /api/activities/ID}. */
    String activity(HttpExchange exchange) throws IOException {
        Asked asked = new Asked(exchange);
        String id = asked.name();
        Caller caller = access.requireAgentOf(asked.request(), id);
        ObjectNode body = asked.body();
        Activities.Report report = new Activities.Report(
                body.path("type").asText(""),
                body.path("source_id").asText(null),
                body.path("text").asText(""));
        headquarters.activities().take(caller, id, report);
        return "{}";
    }

    /** {@code POST /api/commands/NAME} with the fields of the command; the time may be left out. */
    String command(HttpExchange exchange) throws IOException {
        Asked asked = new Asked(exchange);
        String name = asked.name();
        access.requireCanvas(asked.request());
        ObjectNode fields = asked.body();
        if (!fields.has("at")) {
            fields.put("at", headquarters.time().toString());
        }
        Outcome<StructuralEvent> outcome = headquarters.commands().handle(command(name, fields), metadata(asked));
        return OrganisationJson.object()
                .put("events", outcome.events().size())
                .put("sequence", outcome.appended().last())
                .toString();
    }

    /** What the refusals of the rules are for clients. */
    static RuntimeException refusal(RuntimeException failure) {
        if (!(failure instanceof WorkspaceRejected rejected)) {
            return failure;
        }
        int status = rejected instanceof WorkspaceRejected.WorkspaceNotFound
                        || rejected instanceof WorkspaceRejected.AgentNotFound
                ? 404
                : rejected instanceof WorkspaceRejected.WorkspaceRemoved
                        ? 410
                        : rejected instanceof WorkspaceRejected.BadValue ? 400 : 409;
        FeedRefused refused = FeedRefused.of(status, rejected.code(), String.valueOf(rejected.getMessage()));
        for (var id : rejected.ids().entrySet()) {
            refused = refused.with(id.getKey(), id.getValue());
        }
        return refused;
    }

    private static Metadata metadata(Asked asked) {
        return asked.request()
                .header("Idempotency-Key")
                .map(key -> Metadata.empty().withCommandId(key))
                .orElse(Metadata.empty());
    }

    // A command's name and fields are written as an event's are, so the codec reads them, too.
    private static WorkspaceCommand command(String name, ObjectNode fields) {
        try {
            StoredEvent written = new StoredEvent(
                    1, name, 1, Tags.none(), fields.toString(), Metadata.empty(), Instant.EPOCH, Instant.EPOCH);
            return WorkspaceLog.commandCodec().decode(written).get(0);
        } catch (UndecodableEvent e) {
            throw invalid(name, e);
        }
    }

    private static FeedRefused invalid(String name, Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof BadComponent bad) {
                return invalid(name, bad.component(), String.valueOf(bad.getMessage()));
            }
        }
        // Only what is no value of its type is left to Jackson, which wraps the refusals of components as well.
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof JsonMappingException unfit && !unfit.getPath().isEmpty()) {
                String field = field(unfit);
                return invalid(name, field, "Its " + field + " is missing, or is not what it has to be. Give it.");
            }
        }
        return FeedRefused.badRequest(
                        "INVALID_COMMAND",
                        "There is no command '" + name + "', or these are not its fields. Commands are "
                                + WorkspaceLog.commandCodec().types(WorkspaceCommand.class) + ".")
                .with("command", name);
    }

    private static FeedRefused invalid(String name, String field, String problem) {
        return FeedRefused.badRequest("INVALID_COMMAND", "Command '" + name + "' cannot be carried out. " + problem)
                .with("command", name)
                .with("field", field);
    }

    // Positions in a list are left out.
    private static String field(JsonMappingException unfit) {
        return unfit.getPath().stream()
                .map(JsonMappingException.Reference::getFieldName)
                .filter(Objects::nonNull)
                .collect(Collectors.joining("."));
    }

    // Left out it is none. Anything but a number is a mistake, which must not pass for good health.
    private static double errorRate(ObjectNode body, String id) {
        JsonNode rate = body.path("error_rate");
        if (!rate.isNumber() && !rate.isMissingNode()) {
            throw new WorkspaceRejected.BadValue(id, "error rate", rate.toString(), "a number from 0 to 1");
        }
        return rate.asDouble(0);
    }

    private Workspace known(String id) {
        return headquarters.now().workspace(id).orElseThrow(() -> new WorkspaceRejected.WorkspaceNotFound(id));
    }

    // Where something else stands in for it, who asks is sent there.
    private FeedRefused gone(Workspace workspace, HttpExchange exchange) {
        String forward = workspace.forwardedTo();
        if (forward != null) {
            exchange.getResponseHeaders().set("Location", WORKSPACES + '/' + forward);
            return FeedRefused.of(
                            301,
                            "WORKSPACE_FORWARDED",
                            "Workspace '" + workspace.id() + "' was removed, and '" + forward
                                    + "' stands in for it. Ask for that one.")
                    .with("target_id", forward);
        }
        FeedRefused gone = FeedRefused.of(
                410,
                "WORKSPACE_REMOVED",
                "Workspace '" + workspace.id()
                        + "' was removed. Its last event says when; its events are still there.");
        ReadOptions last = ReadOptions.defaults().newestFirst().withLimit(1);
        for (StoredEvent event : headquarters
                .store()
                .read(Query.tagged("workspace_id", workspace.id()), last)
                .events()) {
            gone = gone.with("last_sequence", Long.toString(event.sequence()))
                    .with("last_type", event.type())
                    .with("last_event", event.data());
        }
        return gone;
    }
}
