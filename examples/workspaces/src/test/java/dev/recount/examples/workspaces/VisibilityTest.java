package dev.recount.examples.workspaces;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recount.examples.workspaces.WorkspaceCommand.MoveAgent;
import dev.recount.examples.workspaces.WorkspaceCommand.MoveWorkspace;
import dev.recount.examples.workspaces.WorkspaceCommand.RemoveWorkspace;
import dev.recount.examples.workspaces.WorkspaceCommand.UpdateWorkspace;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Root has red and blue; red has ann, bob and bob's kid; blue has zoe. Ann listens. */
@Timeout(120)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class VisibilityTest {

    private static final String ANN = Running.KEYS.ofAgent("agent-ann");

    private Running running;

    @BeforeEach
    void start(@TempDir Path folder) throws IOException {
        running = new Running(folder);
        running.up("root", null);
        running.up("red", "root");
        running.up("blue", "root");
        running.up("ann", "red");
        running.up("bob", "red");
        running.up("kid", "bob");
        running.up("zoe", "blue");
        running.agent("ann", "agent-ann");
    }

    @AfterEach
    void stop() {
        running.close();
    }

    private void say(String workspace, String word) {
        running.handle(new UpdateWorkspace(workspace, null, word, null, running.clock.instant()));
    }

    private static String of(String workspace) {
        return "\"workspace_id\":\"" + workspace + '"';
    }

    private void move(String workspace, String to) {
        running.handle(new MoveWorkspace(workspace, to, running.clock.instant()));
    }

    @Test
    void M17_an_agent_sees_its_workspace_its_parent_its_children_and_its_siblings_and_the_canvas_all()
            throws Exception {
        running.up("child", "ann");
        try (Stream ann = running.stream("/api/events", ANN).live();
                Stream canvas =
                        running.stream("/api/events", Running.KEYS.ofCanvas()).live()) {
            for (String denied : new String[] {"root", "blue", "kid", "zoe"}) {
                say(denied, "secret");
                running.beat(denied, 0.3, "secret");
            }
            for (String seen : new String[] {"ann", "red", "bob", "child"}) {
                say(seen, "open-" + seen);
                running.beat(seen, 0, "task of " + seen);
            }

            ann.typesUntil("task of child");
            assertThat(ann.received())
                    .contains("open-ann", "open-red", "open-bob", "open-child", "task of red", "task of bob")
                    .doesNotContain("secret", of("root"), of("blue"), of("kid"), of("zoe"));
            canvas.typesUntil("task of child");
            assertThat(canvas.received()).contains("secret", of("root"), of("kid"), of("zoe"), "open-ann");
        }
    }

    @Test
    void M17_also_in_history_and_in_pages() throws Exception {
        say("zoe", "secret");
        say("bob", "open");
        try (Stream ann = running.stream("/api/events?after=0", ANN)) {
            ann.typesUntil("open");
            assertThat(ann.received()).doesNotContain("secret", "zoe", "kid");
        }
        assertThat(running.get("/api/events?limit=1000", ANN).body())
                .contains("open")
                .doesNotContain("secret", "zoe", "kid");
        assertThat(running.get("/api/workspaces/zoe/events", ANN).statusCode()).isEqualTo(404);
        assertThat(running.get("/api/workspaces/zoe", ANN).statusCode()).isEqualTo(404);
        assertThat(running.get("/api/workspaces/bob", ANN).statusCode()).isEqualTo(200);
    }

    @Test
    void M17_what_comes_near_is_seen_and_what_goes_is_not_while_a_stream_is_open() throws Exception {
        try (Stream ann = running.stream("/api/events", ANN).live()) {
            move("zoe", "red");
            say("zoe", "near");
            move("bob", "blue");
            running.handle(new UpdateWorkspace("bob", "secret", null, null, running.clock.instant()));
            move("bob", "ann");
            say("bob", "child");

            ann.typesUntil("\"child\"");
            assertThat(ann.received()).contains("near").doesNotContain("secret");
        }
    }

    @Test
    void M17_who_is_moved_sees_what_is_around_its_new_place_from_then_on() throws Exception {
        try (Stream ann = running.stream("/api/events", ANN).live()) {
            say("bob", "near");
            ann.typesUntil("near");

            move("ann", "blue");
            say("bob", "secret");
            say("red", "secret");
            running.beat("bob", 0.4, "secret");
            say("zoe", "neighbour");
            ann.typesUntil("neighbour");

            running.up("kin", "zoe");
            running.handle(new MoveAgent("ann", "kin", running.clock.instant()));
            say("blue", "hidden");
            say("zoe", "parent");
            ann.typesUntil("\"parent\"");
            assertThat(ann.received()).doesNotContain("secret", "hidden");
        }
    }

    @Test
    void M17_the_stream_of_an_agent_whose_workspace_is_removed_ends_with_that() throws Exception {
        try (Stream ann = running.stream("/api/events", ANN).live()) {
            running.handle(new RemoveWorkspace("ann", null, running.clock.instant()));
            say("red", "secret");

            assertThat(ann.next().type()).isEqualTo("WORKSPACE_REMOVED");
            assertThat(ann.next().type()).isEqualTo("end");
            assertThat(ann.received()).doesNotContain("secret");
        }
        assertThat(running.get("/api/events", ANN).statusCode()).isEqualTo(403);
    }

    @Test
    void nobody_is_let_in_without_a_key_of_their_own() throws Exception {
        String forged = ANN.replace("agent-ann", "agent-bob");
        for (String key : new String[] {"", "canvas", "canvas~", forged, ANN + "0"}) {
            assertThat(running.get("/api/events", key).statusCode()).as(key).isEqualTo(401);
        }
    }
}
