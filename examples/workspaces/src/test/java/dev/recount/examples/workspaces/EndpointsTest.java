package dev.recount.examples.workspaces;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.recount.examples.workspaces.WorkspaceCommand.MoveAgent;
import dev.recount.examples.workspaces.WorkspaceCommand.ProvisionWorkspace;
import dev.recount.examples.workspaces.WorkspaceCommand.RemoveWorkspace;
import dev.recount.examples.workspaces.WorkspaceCommand.UpdateWorkspace;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class EndpointsTest {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String CANVAS = Running.KEYS.ofCanvas();
    private static final String SCOUT = Running.KEYS.ofAgent("scout");

    private Running running;

    @BeforeEach
    void start(@TempDir Path folder) throws IOException {
        running = new Running(folder);
        running.up("a", null);
        running.agent("a", "scout");
        running.up("b", "a");
    }

    @AfterEach
    void stop() {
        running.close();
    }

    private JsonNode json(String path) throws Exception {
        HttpResponse<String> answer = running.get(path, CANVAS);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    private static String code(HttpResponse<String> answer) throws IOException {
        return JSON.readTree(answer.body()).path("code").textValue();
    }

    @Test
    void M11_an_agents_move_is_in_the_timelines_of_both_workspaces() throws Exception {
        running.handle(new MoveAgent("a", "b", running.clock.instant()));

        for (String workspace : List.of("a", "b")) {
            JsonNode events = json("/api/workspaces/" + workspace + "/events").path("events");
            assertThat(events.get(events.size() - 1).path("type").textValue()).isEqualTo("AGENT_MOVED");
            assertThat(events.get(events.size() - 1).path("sequence").longValue())
                    .isEqualTo(6);
        }
    }

    @Test
    void M14_a_removed_workspace_is_gone_and_its_last_event_is_told() throws Exception {
        running.handle(new RemoveWorkspace("b", null, running.clock.instant()));

        HttpResponse<String> answer = running.get("/api/workspaces/b", CANVAS);

        assertThat(answer.statusCode()).isEqualTo(410);
        JsonNode details = JSON.readTree(answer.body()).path("details");
        assertThat(details.path("last_type").textValue()).isEqualTo("WORKSPACE_REMOVED");
        assertThat(details.path("last_sequence").textValue()).isEqualTo("6");
        assertThat(JSON.readTree(details.path("last_event").textValue())
                        .path("workspace_id")
                        .textValue())
                .isEqualTo("b");
        assertThat(json("/api/workspaces/b/events").path("events")).hasSize(3);
        assertThat(running.get("/api/workspaces/never", CANVAS).statusCode()).isEqualTo(404);
    }

    @Test
    void M14_who_asks_for_one_that_is_forwarded_is_sent_there() throws Exception {
        running.handle(new RemoveWorkspace("b", "a", running.clock.instant()));

        HttpResponse<String> answer = running.get("/api/workspaces/b", CANVAS);

        assertThat(answer.statusCode()).isEqualTo(301);
        assertThat(answer.headers().firstValue("Location")).contains("/api/workspaces/a");
        assertThat(json("/api/workspaces/a").path("status").textValue()).isEqualTo("online");
    }

    @Test
    void M15_the_organisation_and_what_became_of_it_over_HTTP() throws Exception {
        String then = running.clock.instant().toString();
        running.clock.move(Duration.ofDays(7));
        running.handle(new RemoveWorkspace("b", null, running.clock.instant()));

        JsonNode before = json("/api/organisation?at=" + then).path("workspaces");
        JsonNode now = json("/api/organisation").path("workspaces");
        JsonNode diff = json("/api/diff?from=5&to=6").path("workspaces");
        assertThat(before.at("/0/children/0/id").textValue()).isEqualTo("b");
        assertThat(now.at("/0/children")).isEmpty();
        assertThat(diff.at("/0/what").textValue()).isEqualTo("same");
        assertThat(diff.at("/0/children/0/what").textValue()).isEqualTo("removed");
        assertThat(code(running.get("/api/organisation?at=tuesday", CANVAS))).isEqualTo("INVALID_AT");
        assertThat(running.get("/api/organisation", SCOUT).statusCode()).isEqualTo(403);
    }

    @Test
    void M16_all_events_of_a_workspace_are_reachable_by_pages_of_a_hundred() throws Exception {
        for (int i = 0; i < 600; i++) {
            running.handle(new UpdateWorkspace("b", "Name " + i, null, null, running.clock.instant()));
        }
        List<Long> sequences = new ArrayList<>();
        String next = "0";
        JsonNode page;
        do {
            page = json("/api/workspaces/b/events?after=" + next);
            page.path("events")
                    .forEach(event -> sequences.add(event.path("sequence").longValue()));
            next = page.path("next").asText();
            assertThat(page.path("events").size()).isLessThanOrEqualTo(100);
        } while (!page.path("events").isEmpty());

        assertThat(sequences).hasSize(602).isSorted().doesNotHaveDuplicates();
        assertThat(json("/api/workspaces/b/events?after=0").path("events")).hasSize(100);
        assertThat(json("/api/workspaces/b/events?after=0&limit=500").path("events"))
                .hasSize(500);
        for (String limit : List.of("501", "0", "-1", "many")) {
            HttpResponse<String> refused = running.get("/api/workspaces/b/events?limit=" + limit, CANVAS);
            assertThat(refused.statusCode()).as(limit).isEqualTo(400);
            assertThat(code(refused)).isEqualTo("INVALID_LIMIT");
        }
    }

    @Test
    void M16_the_canvas_and_a_workspace_can_be_followed() throws Exception {
        try (Stream canvas = running.stream("/api/events?after=0", CANVAS);
                Stream workspace = running.stream("/api/workspaces/b/events?after=0", CANVAS)) {
            running.handle(new RemoveWorkspace("b", null, running.clock.instant()));

            assertThat(canvas.typesUntil("\"type\":\"WORKSPACE_REMOVED\""))
                    .containsExactly(
                            "WORKSPACE_PROVISIONING",
                            "WORKSPACE_ONLINE",
                            "AGENT_ASSIGNED",
                            "WORKSPACE_PROVISIONING",
                            "WORKSPACE_ONLINE",
                            "WORKSPACE_REMOVED");
            assertThat(workspace.typesUntil("\"type\":\"WORKSPACE_REMOVED\""))
                    .containsExactly("WORKSPACE_PROVISIONING", "WORKSPACE_ONLINE", "WORKSPACE_REMOVED");
        }
    }

    @Test
    void M18_activities_are_kept_for_seven_days_and_swept_without_the_organisation() throws Exception {
        assertThat(running.post("/api/activities/a", SCOUT, "{\"type\":\"task_started\",\"text\":\"old\"}")
                        .statusCode())
                .isEqualTo(200);
        running.clock.move(Duration.ofDays(6));
        running.post("/api/activities/a", SCOUT, "{\"type\":\"task_done\",\"text\":\"new\",\"source_id\":\"a\"}");
        assertThat(json("/api/workspaces/a/activities").path("activities")).hasSize(2);
        long head = running.store.info().head();

        running.clock.move(Duration.ofDays(1).plusMillis(1));
        assertThat(running.headquarters.activities().sweep()).isEqualTo(1);

        assertThat(json("/api/workspaces/a/activities").at("/activities/0/text").textValue())
                .isEqualTo("new");
        assertThat(running.store.info().floor()).isZero();
        assertThat(running.store.info().head()).isGreaterThanOrEqualTo(head);
        assertThat(running.store.check().ok()).isTrue();
    }

    @Test
    void M18_an_unknown_type_is_400_and_a_spoofed_source_403_and_neither_is_kept() throws Exception {
        HttpResponse<String> unknown = running.post("/api/activities/a", SCOUT, "{\"type\":\"napping\"}");
        assertThat(unknown.statusCode()).isEqualTo(400);
        assertThat(code(unknown)).isEqualTo("UNKNOWN_ACTIVITY_TYPE");

        for (HttpResponse<String> spoofed : List.of(
                running.post("/api/activities/a", SCOUT, "{\"type\":\"error\",\"source_id\":\"b\"}"),
                running.post("/api/activities/b", SCOUT, "{\"type\":\"error\"}"),
                running.post("/api/activities/a", Running.KEYS.ofAgent("rover"), "{\"type\":\"error\"}"),
                running.post("/api/activities/a", CANVAS, "{\"type\":\"error\"}"),
                running.post("/api/heartbeats/b", SCOUT, "{\"error_rate\":1}"))) {
            assertThat(spoofed.statusCode()).isEqualTo(403);
            assertThat(code(spoofed)).isEqualTo("SPOOFED_SOURCE");
        }
        assertThat(running.activities.info().head()).isZero();
    }

    @Test
    void what_can_be_no_id_is_answered_as_a_workspace_that_never_was() throws Exception {
        for (String id : List.of("%20", "%00")) {
            for (String path : List.of("", "/events", "/activities")) {
                for (String key : List.of(SCOUT, CANVAS)) {
                    assertThat(code(running.get("/api/workspaces/" + id + path, key)))
                            .as(id + path)
                            .isEqualTo("WORKSPACE_NOT_FOUND");
                }
            }
            for (String path : List.of("/api/heartbeats/", "/api/activities/")) {
                assertThat(code(running.post(path + id, SCOUT, "{}")))
                        .as(path + id)
                        .isEqualTo("WORKSPACE_NOT_FOUND");
            }
        }
    }

    @Test
    void M17_a_hidden_workspace_is_answered_as_one_that_never_was() throws Exception {
        running.up("below-b", "b");
        running.agent("below-b", "rover");

        for (String path : List.of("", "/events", "/events?after=0&limit=5", "/activities")) {
            assertThat(told(running.get("/api/workspaces/below-b" + path, SCOUT), "below-b"))
                    .as(path)
                    .isEqualTo(told(running.get("/api/workspaces/never" + path, SCOUT), "never"))
                    .startsWith("404");
            assertThat(running.get("/api/workspaces/below-b" + path, CANVAS).statusCode())
                    .as(path)
                    .isEqualTo(200);
        }
        for (String path : List.of("/api/heartbeats/", "/api/activities/")) {
            assertThat(told(running.post(path + "below-b", SCOUT, "{\"type\":\"napping\"}"), "below-b"))
                    .as(path)
                    .isEqualTo(told(running.post(path + "never", SCOUT, "{\"type\":\"napping\"}"), "never"))
                    .startsWith("403");
        }

        running.handle(new RemoveWorkspace("below-b", null, running.clock.instant()));

        for (String path : List.of("/api/heartbeats/", "/api/activities/")) {
            assertThat(told(running.post(path + "below-b", SCOUT, "{}"), "below-b"))
                    .as(path)
                    .isEqualTo(told(running.post(path + "never", SCOUT, "{}"), "never"));
            assertThat(code(running.post(path + "below-b", Running.KEYS.ofAgent("rover"), "{\"type\":\"error\"}")))
                    .as(path)
                    .isEqualTo("WORKSPACE_REMOVED");
        }
    }

    /** Status and error, with another name for the workspace and without what differs from request to request. */
    private static String told(HttpResponse<String> answer, String id) throws Exception {
        JsonNode error = JSON.readTree(answer.body());
        return (answer.statusCode() + " " + error.path("code") + error.path("message") + error.path("details"))
                .replace(id, "ID");
    }

    @Test
    void what_is_below_a_resource_is_nothing_where_it_means_nothing() throws Exception {
        for (String path : List.of(
                "/api/organisation/a",
                "/api/diff/a?from=1",
                "/api/workspaces/a/b",
                "/api/workspacesfoo/a",
                "/api/eventsfoo")) {
            assertThat(running.get(path, CANVAS).statusCode()).as(path).isEqualTo(404);
        }
        for (String path : List.of("/api/heartbeats/a/b", "/api/activities/a/b", "/api/commands/move_workspace/b")) {
            assertThat(running.post(path, SCOUT, "{}").statusCode()).as(path).isEqualTo(404);
        }
    }

    @Test
    void M18_of_a_removed_workspace_nothing_is_kept() throws Exception {
        running.handle(new RemoveWorkspace("a", null, running.clock.instant()));

        assertThat(running.post("/api/activities/a", SCOUT, "{\"type\":\"error\"}")
                        .statusCode())
                .isEqualTo(410);
        assertThat(code(running.post("/api/heartbeats/a", SCOUT, "{\"error_rate\":0}")))
                .isEqualTo("WORKSPACE_REMOVED");
        assertThat(running.activities.info().head()).isZero();
    }

    @Test
    void commands_are_carried_out_once_and_refused_with_their_ids() throws Exception {
        HttpResponse<String> done = running.post("/api/commands/move_workspace", CANVAS, "{\"workspace_id\":\"b\"}");
        assertThat(done.body()).isEqualTo("{\"events\":1,\"sequence\":6}");

        HttpResponse<String> refused = running.post(
                "/api/commands/move_workspace", CANVAS, "{\"workspace_id\":\"a\",\"new_parent_id\":\"a\"}");
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(code(refused)).isEqualTo("UNDER_ITSELF");
        assertThat(JSON.readTree(refused.body()).at("/details/workspace_id").textValue())
                .isEqualTo("a");
        assertThat(code(running.post("/api/commands/fly", CANVAS, "{}"))).isEqualTo("INVALID_COMMAND");
        assertThat(code(running.post("/api/commands/move_workspace", CANVAS, "[")))
                .isEqualTo("INVALID_BODY");
        assertThat(running.post("/api/commands/move_workspace", SCOUT, "{}").statusCode())
                .isEqualTo(403);
        assertThat(running.store.info().head()).isEqualTo(6);
    }

    @Test
    void a_heartbeat_over_HTTP_does_what_it_says() throws Exception {
        running.post("/api/heartbeats/a", SCOUT, "{\"error_rate\":0.7,\"sample_error\":\"timeout\"}");

        JsonNode workspace = json("/api/workspaces/a");
        assertThat(workspace.path("status").textValue()).isEqualTo("degraded");
        assertThat(workspace.path("problem").textValue()).isEqualTo("timeout");
        assertThat(code(running.post("/api/heartbeats/a", SCOUT, "{\"error_rate\":7}")))
                .isEqualTo("BAD_VALUE");
    }

    @Test
    void an_error_rate_that_is_no_number_is_400_and_changes_nothing() throws Exception {
        long head = running.store.info().head();
        for (String rate : List.of("\"0.7\"", "\"much\"", "true", "null", "[1]", "{}")) {
            HttpResponse<String> refused = running.post("/api/heartbeats/a", SCOUT, "{\"error_rate\":" + rate + "}");
            assertThat(refused.statusCode()).as(rate).isEqualTo(400);
            assertThat(code(refused)).as(rate).isEqualTo("BAD_VALUE");
        }
        assertThat(running.store.info().head()).isEqualTo(head);
        assertThat(running.post("/api/heartbeats/a", SCOUT, "{}").statusCode()).isEqualTo(200);
    }

    @Test
    void the_canvas_sends_no_heartbeats() throws Exception {
        HttpResponse<String> refused = running.post("/api/heartbeats/a", CANVAS, "{\"error_rate\":0.7}");

        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(code(refused)).isEqualTo("SPOOFED_SOURCE");
        assertThat(json("/api/workspaces/a").path("status").textValue()).isEqualTo("online");
    }

    @Test
    void a_command_without_a_component_it_needs_is_400_names_it_and_stores_nothing() throws Exception {
        running.handle(new ProvisionWorkspace("c", "The c", 2, null, running.clock.instant()));
        long head = running.store.info().head();

        refused("register_workspace", "agent_card", "{\"workspace_id\":\"c\",\"url\":\"http://c.test\"}");
        refused(
                "register_workspace",
                "agent_card",
                "{\"workspace_id\":\"c\",\"url\":\"http://c.test\",\"agent_card\":null}");
        refused("register_workspace", "url", "{\"workspace_id\":\"c\",\"agent_card\":{\"name\":\"C\",\"skills\":[]}}");
        refused(
                "update_agent_card",
                "agent_card.skills",
                "{\"workspace_id\":\"a\",\"agent_card\":{\"name\":\"A\",\"skills\":[null]}}");
        refused("provision_workspace", "workspace_id", "{\"name\":\"New\",\"tier\":2}");
        refused("provision_workspace", "tier", "{\"workspace_id\":\"new\",\"name\":\"New\"}");
        refused("expand_workspace", "children", "{\"workspace_id\":\"a\",\"children\":[null]}");
        refused("report_health", "error_rate", "{\"workspace_id\":\"a\"}");
        for (String name : WorkspaceLog.commandCodec().types(WorkspaceCommand.class)) {
            assertThat(running.post("/api/commands/" + name, CANVAS, "{}").statusCode())
                    .as(name)
                    .isEqualTo(400);
        }

        assertThat(running.store.info().head()).isEqualTo(head);
    }

    private void refused(String command, String field, String fields) throws Exception {
        HttpResponse<String> answer = running.post("/api/commands/" + command, CANVAS, fields);
        assertThat(answer.statusCode()).as(fields).isEqualTo(400);
        assertThat(code(answer)).as(fields).isEqualTo("INVALID_COMMAND");
        assertThat(JSON.readTree(answer.body()).at("/details/field").textValue())
                .as(answer.body())
                .isEqualTo(field);
    }

    @Test
    void a_command_of_no_time_or_of_one_that_no_log_stores_is_400() throws Exception {
        long head = running.store.info().head();
        for (String at : List.of("null", "\"+12026-01-01T00:00:00Z\"", "\"-0001-01-01T00:00:00Z\"", "\"today\"")) {
            refused("remove_workspace", "at", "{\"workspace_id\":\"b\",\"at\":" + at + "}");
        }
        assertThat(running.store.info().head()).isEqualTo(head);
    }

    @Test
    void a_body_that_is_no_object_is_400() throws Exception {
        for (String body : List.of("null", "[]", "1", "\"text\"", "")) {
            for (HttpResponse<String> answer : List.of(
                    running.post("/api/commands/remove_workspace", CANVAS, body),
                    running.post("/api/heartbeats/a", SCOUT, body),
                    running.post("/api/activities/a", SCOUT, body))) {
                assertThat(answer.statusCode()).as(body).isEqualTo(400);
                assertThat(code(answer)).as(body).isEqualTo("INVALID_BODY");
            }
        }
    }
}
