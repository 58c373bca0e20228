package dev.recount.examples.changefeed;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.recount.examples.changefeed.EventSource.Frame;
import dev.recount.store.Retention;
import dev.recount.store.sqlite.SqliteEventStore;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A client that has nothing but the stream has what the daemon has. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ReadModelTest {

    private static final JsonMapper JSON = new JsonMapper();
    private static final List<String> PROJECTS = List.of("apollo", "gemini");

    @TempDir
    Path folder;

    private SqliteEventStore store;
    private Running running;

    @BeforeEach
    void run() throws Exception {
        store = SqliteEventStore.open(folder.resolve("work.db"));
        running = Running.over(store);
    }

    @AfterEach
    void stop() {
        running.close();
        store.close();
    }

    private void work(String name, int steps) {
        Simulation work = new Simulation(WorkLog.commands(store), Clock.systemUTC(), name, PROJECTS, 42);
        for (int i = 0; i < steps; i++) {
            work.step();
        }
    }

    /** The projects, from the stream and from nothing else. */
    private static WorkState read(EventSource stream, WorkState before, long head) throws Exception {
        WorkState work = before;
        while (!stream.lastId().startsWith(head + "-")) {
            Frame frame = stream.next();
            if (frame.isEvent()) {
                work = new WorkProjector()
                        .projectAll(work, Change.of(frame.id(), frame.data()).events());
            }
        }
        return work;
    }

    private JsonNode servers(String project) throws Exception {
        return JSON.readTree(running.send("GET", Model.PATH + "/" + project, "").body());
    }

    private static JsonNode clients(long sequence, WorkState work, String project) throws Exception {
        return JSON.readTree(JSON.writeValueAsBytes(Model.oneProject(sequence, work, project)));
    }

    @Test
    void A18_a_client_builds_the_model_from_the_stream_alone_and_equals_the_servers() throws Exception {
        work("history", 250);
        try (EventSource stream = running.stream("?after=0")) {
            WorkState model = read(stream, WorkState.empty(), store.info().head());
            try (Child process = Child.writer(folder.resolve("work.db"), "process", 60)) {
                work("live", 80);
                assertThat(process.awaitEnd()).isZero();
            }
            long head = store.info().head();
            model = read(stream, model, head);

            for (String project : PROJECTS) {
                assertThat(model.sessions(project)).hasSizeGreaterThan(3);
                assertThat(model.prs(project)).hasSizeGreaterThan(3);
                assertThat(clients(head, model, project)).isEqualTo(servers(project));
            }
        }
    }

    @Test
    void A18_a_client_of_one_project_has_that_project() throws Exception {
        work("history", 200);
        long head = store.info().head();

        try (EventSource stream = running.stream("?after=0&project=gemini")) {
            WorkState model = read(stream, WorkState.empty(), head);

            assertThat(clients(head, model, "gemini")).isEqualTo(servers("gemini"));
            assertThat(model.project("apollo")).isEmpty();
        }
    }

    @Test
    void A18_a_client_that_comes_after_retention_has_all_that_is_alive() throws Exception {
        work("history", 350);
        WorkState before = WorkLog.in(store).replay(new WorkProjector()).run().state();

        new Housekeeping(store, Clock.systemUTC()).run(Retention.newest(20));

        try (EventSource stream = running.stream("?after=0")) {
            WorkState model = read(stream, WorkState.empty(), store.info().head());
            for (String project : PROJECTS) {
                assertThat(model.sessions(project).stream().filter(session -> !session.hasEnded()))
                        .isEqualTo(before.sessions(project).stream()
                                .filter(session -> !session.hasEnded())
                                .toList());
                assertThat(model.prs(project).stream().filter(pr -> !pr.hasEnded()))
                        .isNotEmpty()
                        .isEqualTo(before.prs(project).stream()
                                .filter(pr -> !pr.hasEnded())
                                .toList());
            }
        }
    }
}
