package dev.recount.feed;

import static dev.recount.feed.Events.append;
import static dev.recount.feed.Events.event;
import static org.assertj.core.api.Assertions.assertThat;

import dev.recount.store.EventStore;
import dev.recount.store.Query;
import dev.recount.store.memory.MemoryEventStore;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who sees what: nothing outside of it is in any byte. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class FeedScopeTest {

    private final Set<String> projects = Set.of("mayor", "deacon");
    private final EventStore store = MemoryEventStore.create();
    private Served served;

    @BeforeEach
    void serve() throws Exception {
        FeedPolicy byProject = request -> {
            String project = request.parameter("project").orElseThrow(() -> FeedRefused.forbidden("Name a project."));
            if (!projects.contains(project)) {
                throw FeedRefused.notFound("There is no project '" + project + "'. Ask for one that exists.")
                        .with("project", project);
            }
            return Query.tagged("project", project);
        };
        served = Served.of(Feed.of("gastown", store, FeedOptions.defaults().withPolicy(byProject)));
        append(store, event("open", "project:mayor"), event("secret", "project:deacon"), event("hidden"));
    }

    @AfterEach
    void stop() {
        served.close();
    }

    @Test
    void nothing_of_another_project_is_in_any_byte_of_a_stream() throws Exception {
        try (EventSource stream = served.stream("?project=mayor&after=0")) {
            assertThat(stream.sequences(1)).containsExactly(1L);

            append(store, event("secret", "project:deacon"));
            served.feed().broadcast(event("secret", "project:deacon"));
            append(store, event("hidden"), event("open", "project:mayor", "bead:1"));
            assertThat(stream.sequences(1)).containsExactly(6L);
            served.feed().broadcast(event("open.too", "project:mayor"));

            assertThat(stream.nextEvent().event()).isEqualTo("open.too");
            assertThat(stream.received()).doesNotContain("secret", "deacon", "hidden");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "?project=mayor",
                "?project=mayor&newest=true",
                "?project=mayor&tag=project:deacon",
                "?project=mayor&type=secret,hidden,open",
                "?project=mayor&after=1"
            })
    void nothing_of_another_project_is_in_any_byte_of_a_page(String query) throws Exception {
        HttpResponse<String> answer = served.get(query);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).doesNotContain("secret", "deacon", "hidden");
    }

    @Test
    void the_other_project_sees_its_own() throws Exception {
        assertThat(served.get("?project=deacon").body()).contains("secret").doesNotContain("open", "hidden");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/event-stream", "application/json"})
    void an_unknown_project_is_not_found_and_none_is_forbidden(String form) throws Exception {
        HttpResponse<String> unknown = served.get("?project=king", "Accept", form);
        HttpResponse<String> none = served.get("", "Accept", form);

        assertThat(unknown.statusCode()).isEqualTo(404);
        assertThat(unknown.body())
                .startsWith("{\"code\":\"NOT_FOUND\",\"message\":\"There is no project 'king'.")
                .endsWith(",\"details\":{\"project\":\"king\"}}");
        assertThat(none.statusCode()).isEqualTo(403);
        assertThat(none.body()).startsWith("{\"code\":\"FORBIDDEN\"");
    }

    @Test
    void a_host_narrows_a_request_further_than_the_policy() throws Exception {
        append(store, event("open", "project:mayor", "bead:1"));
        FeedRequest request = FeedRequest.of("GET", Map.of(), "project=mayor");

        try (FeedResponse answer = served.feed().answer(request.within(Query.tagged("bead", "1")));
                FeedResponse outside = served.feed().answer(request.within(Query.tagged("project", "deacon")))) {
            assertThat(Answers.body(answer)).contains("{\"sequence\":4,").doesNotContain("{\"sequence\":1,");
            assertThat(Answers.body(outside)).startsWith("{\"events\":[],").doesNotContain("secret");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Bearer",
                "Bearer ",
                "Bearer wrong",
                "Bearer s3cretly",
                "bearer s3cre",
                "Basic s3cret",
                "s3cret"
            })
    void without_the_token_nothing_is_told(String authorization) throws Exception {
        FeedOptions options = FeedOptions.defaults().withBearerToken("s3cret");
        try (Served guarded = Served.of(Feed.of("gastown", store, options))) {
            for (String form : List.of("text/event-stream", "application/json")) {
                HttpResponse<String> answer = guarded.get("", "Accept", form, "Authorization", authorization);

                assertThat(answer.statusCode()).isEqualTo(401);
                assertThat(answer.headers().firstValue("WWW-Authenticate")).contains("Bearer");
                assertThat(answer.body())
                        .startsWith("{\"code\":\"UNAUTHORIZED\"")
                        .doesNotContain("s3cret");
            }
            for (String right : List.of("Bearer s3cret", "bearer s3cret")) {
                assertThat(guarded.get("", "Authorization", right).statusCode()).isEqualTo(200);
            }
        }
    }
}
