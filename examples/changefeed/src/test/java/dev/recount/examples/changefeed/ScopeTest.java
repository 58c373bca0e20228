package dev.recount.examples.changefeed;

import static dev.recount.examples.changefeed.Running.AT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.recount.store.sqlite.SqliteEventStore;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A client of one project gets nothing of another, in no byte. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ScopeTest {

    private static final String[] OF_OTHERS = {"apollo-2", "gemini", "hidden", "h1dden"};

    @TempDir
    Path folder;

    private SqliteEventStore store;
    private Running running;

    @BeforeEach
    void run() throws Exception {
        store = SqliteEventStore.open(folder.resolve("work.db"));
        running = Running.over(store);
        running.register("apollo", "apollo-2", "gemini");
        work("before");
    }

    @AfterEach
    void stop() {
        running.close();
        store.close();
    }

    /** The same ids in each project, and texts that only one of them may see. */
    private void work(String id) {
        for (String other : List.of("apollo-2", "gemini")) {
            running.begin(other, id, "hidden session");
            running.handle(new WorkCommand.CreatePr(other, id, id, "hidden pr", "h1dden", AT));
        }
        running.begin("apollo", id, "open session");
        running.handle(new WorkCommand.CreatePr("apollo", id, id, "open pr", "c0ffee", AT));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "&session=before", "&type=session_created,pr_created", "&tag=pr:before"})
    void A8_nothing_of_another_project_is_in_any_byte_of_a_stream(String filter) throws Exception {
        try (EventSource stream = running.stream("?after=0&project=apollo" + filter)) {
            read(stream, "open pr");
            work("before-not");
            running.handle(new WorkCommand.UpdatePr("apollo-2", "before", "hidden", "h1dden", PrStatus.MERGED, AT));
            running.handle(new WorkCommand.CreatePr("apollo", "last", "before", "the last pr", "c0ffee", AT));
            running.handle(new WorkCommand.UpdatePr("apollo", "before", "the last pr", "c0ffee", PrStatus.MERGED, AT));
            read(stream, "the last pr");

            assertThat(stream.received()).doesNotContain(OF_OTHERS);
        }
    }

    private static void read(EventSource stream, String until) throws Exception {
        while (!stream.nextEvent().data().contains(until)) {}
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "&newest=true",
                "&session=before",
                "&type=pr_created",
                "&tag=project:gemini",
                "&after=1",
                "&limit=1"
            })
    void A8_nor_in_any_byte_of_a_page(String filter) throws Exception {
        HttpResponse<String> answer = running.get("?project=apollo" + filter);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).startsWith("{\"events\":[").doesNotContain(OF_OTHERS);
    }

    @Test
    void A8_each_project_sees_its_own_and_nobody_named_sees_all() throws Exception {
        assertThat(running.get("?project=gemini").body()).contains("hidden").doesNotContain("apollo", "open");
        assertThat(running.get("").body()).contains("hidden", "open");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/event-stream", "application/json"})
    void A8_an_unknown_project_is_not_found_until_some_process_registers_it(String form) throws Exception {
        HttpResponse<String> unknown = running.get("?project=mercury&after=0", "Accept", form);

        assertThat(unknown.statusCode()).isEqualTo(404);
        assertThat(unknown.body())
                .startsWith("{\"code\":\"NOT_FOUND\",\"message\":\"There is no project 'mercury'.")
                .endsWith(",\"details\":{\"project\":\"mercury\"}}");

        try (SqliteEventStore another = SqliteEventStore.open(folder.resolve("work.db"))) {
            WorkLog.commands(another).handle(new WorkCommand.RegisterProject("mercury", "Mercury", AT));
        }
        try (EventSource stream = running.stream("?project=mercury&after=0")) {
            assertThat(stream.nextEvent().data()).contains("\"projectId\":\"mercury\"");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"project=", "session=", "project=apollo&project=gemini", "project=%00"})
    void A8_what_names_no_project_is_refused(String query) throws Exception {
        HttpResponse<String> answer = running.get("?" + query);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).matches("\\{\"code\":\"INVALID_(PROJECT|SESSION)\".*");
    }
}
