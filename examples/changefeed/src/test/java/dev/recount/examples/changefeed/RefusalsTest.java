package dev.recount.examples.changefeed;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.recount.store.sqlite.SqliteEventStore;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever is refused is refused in one envelope, and stores nothing. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class RefusalsTest {

    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    Path folder;

    private SqliteEventStore store;
    private Running running;

    @BeforeEach
    void run() throws Exception {
        store = SqliteEventStore.open(folder.resolve("work.db"));
        running = Running.over(store);
        running.register("apollo");
        running.begin("apollo", "s1", "Work");
    }

    @AfterEach
    void stop() {
        running.close();
        store.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "400 | INVALID_AFTER       | GET    | /api/v1/events?after=abc               |",
                "400 | INVALID_LIMIT       | GET    | /api/v1/events?limit=1001              |",
                "400 | INVALID_TYPE        | GET    | /api/v1/events?type=                   |",
                "404 | NOT_FOUND           | GET    | /api/v1/events?project=mercury         |",
                "405 | METHOD_NOT_ALLOWED  | POST   | /api/v1/events                         |",
                "410 | UNUSABLE_CURSOR     | GET    | /api/v1/events?after=99                |",
                "404 | PROJECT_NOT_FOUND   | GET    | /api/v1/projects/mercury               |",
                "405 | METHOD_NOT_ALLOWED  | DELETE | /api/v1/projects/apollo                |",
                "404 | NOT_FOUND           | GET    | /api/v2                                |",
                "404 | NOT_FOUND           | GET    | /api/v1/projectsfoo                    |",
                "404 | NOT_FOUND           | GET    | /api/v1/eventsfoo                      |",
                "410 | UNUSABLE_CURSOR     | PUT    | /api/v1/consumers/mail?after=2-000000  |",
                "400 | INVALID_AFTER       | PUT    | /api/v1/consumers/mail?after=x         |",
                "400 | INVALID_REQUEST     | PUT    | /api/v1/consumers/mail?after=99        |",
                "400 | INVALID_COMMAND     | POST   | /api/v1/commands/create_session        | nonsense",
                "400 | INVALID_COMMAND     | POST   | /api/v1/commands/create_session        | {\"project\":\"apollo\"}",
                "400 | INVALID_COMMAND     | POST   | /api/v1/commands/launch_rocket         | {\"project\":\"apollo\"}",
                "400 | INVALID_REQUEST     | POST   | /api/v1/commands/register_project      | {\"project\":\" \",\"name\":\"x\"}",
                "404 | PROJECT_NOT_FOUND   | POST   | /api/v1/commands/create_session        | {\"project\":\"mercury\",\"session\":\"s1\",\"title\":\"x\"}",
                "409 | SESSION_EXISTS      | POST   | /api/v1/commands/create_session        | {\"project\":\"apollo\",\"session\":\"s1\",\"title\":\"x\"}",
                "404 | PR_NOT_FOUND        | POST   | /api/v1/commands/resolve_review_thread | {\"project\":\"apollo\",\"pr\":\"7\",\"thread\":\"t\"}"
            })
    void A19_every_refusal_has_the_same_envelope_and_the_id_of_its_request(
            int status, String code, String method, String path, String body) throws Exception {
        HttpResponse<String> answer = running.send(method, path, body == null ? "" : body, "X-Request-Id", "request-7");

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/json; charset=utf-8");
        assertThat(answer.headers().firstValue("X-Request-Id")).contains("request-7");
        JsonNode envelope = JSON.readTree(answer.body());
        assertThat(names(envelope)).containsExactly("code", "message", "requestId", "details");
        assertThat(envelope.path("code").asText()).isEqualTo(code);
        assertThat(envelope.path("message").asText()).isNotBlank();
        assertThat(envelope.path("requestId").asText()).isEqualTo("request-7");
        assertThat(envelope.path("details").isObject()).isTrue();
        assertThat(store.info().head()).isEqualTo(2);
    }

    private static List<String> names(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    @Test
    void a_bad_command_is_told_what_would_be_a_good_one() throws Exception {
        assertThat(messageOf("launch_rocket", "{}"))
                .startsWith("There is no command 'launch_rocket'. Send one of [add_review_thread, ");
        assertThat(messageOf("create_session", "{\"project\":\"apollo\"}"))
                .isEqualTo(
                        "The body is not what create_session needs: [project, session, title, occurredAt], with values"
                                + " of their kinds. Send these; occurredAt may be left out.");
    }

    private String messageOf(String command, String body) throws Exception {
        HttpResponse<String> answer = running.send("POST", Commands.PATH + command, body);
        return JSON.readTree(answer.body()).path("message").asText();
    }

    @Test
    void a_consumer_may_register_the_cursor_of_an_event_that_it_has_handled() throws Exception {
        String cursor =
                JSON.readTree(running.get("?limit=2").body()).path("next").asText();
        assertThat(cursor).startsWith("2-");

        HttpResponse<String> answer = running.send("PUT", Consumers.PATH + "mail?after=" + cursor, "");

        assertThat(answer.body()).isEqualTo("{\"name\":\"mail\",\"after\":2}");
    }

    @Test
    void A19_who_sends_no_id_is_given_one() throws Exception {
        for (String path : List.of(Daemon.EVENTS + "?after=x", Model.PATH + "/mercury")) {
            HttpResponse<String> answer = running.send("GET", path, "");

            String id = JSON.readTree(answer.body()).path("requestId").asText();
            assertThat(id).isNotBlank();
            assertThat(answer.headers().firstValue("X-Request-Id")).contains(id);
        }
    }

    @Test
    void a_command_with_a_key_is_carried_out_once() throws Exception {
        String body =
                "{\"project\":\"apollo\",\"session\":\"s2\",\"title\":\"x\",\"occurredAt\":\"2026-11-20T08:30:00Z\"}";

        HttpResponse<String> first =
                running.send("POST", Commands.PATH + "create_session", body, "Idempotency-Key", "k1");
        HttpResponse<String> again =
                running.send("POST", Commands.PATH + "create_session", body, "Idempotency-Key", "k1");

        assertThat(first.body()).isEqualTo("{\"events\":1,\"seq\":3,\"repeated\":false}");
        assertThat(again.body()).isEqualTo("{\"events\":1,\"seq\":3,\"repeated\":true}");
    }

    @Test
    void a_key_counts_for_the_request_as_it_was_sent_also_where_the_daemon_adds_the_time() throws Exception {
        String path = Commands.PATH + "create_session";
        String body = "{\"project\":\"apollo\",\"session\":\"s2\",\"title\":\"x\"}";

        running.send("POST", path, body, "Idempotency-Key", "k1");
        HttpResponse<String> again = running.send("POST", path, body, "Idempotency-Key", "k1");
        HttpResponse<String> another = running.send("POST", path, body.replace("s2", "s3"), "Idempotency-Key", "k1");

        assertThat(again.body()).isEqualTo("{\"events\":1,\"seq\":3,\"repeated\":true}");
        assertThat(another.statusCode()).isEqualTo(409);
        assertThat(another.body()).contains("KEY_REUSED");
    }

    @Test
    void a_consumer_cannot_have_read_what_is_not_there_and_is_told_nothing_of_the_file() throws Exception {
        HttpResponse<String> answer = running.send("PUT", Consumers.PATH + "notifier?after=99", "");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("The log ends at").doesNotContain(".db");
    }
}
