package dev.recount.examples.workspaces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.recount.examples.workspaces.WorkspaceCommand.ProvisionWorkspace;
import dev.recount.examples.workspaces.WorkspaceCommand.RegisterWorkspace;
import dev.recount.examples.workspaces.WorkspaceCommand.RemoveWorkspace;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Heartbeats, and what becomes of those whose heartbeats stop. */
@Timeout(120)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class LifeTest {

    private Running running;

    @BeforeEach
    void start(@TempDir Path folder) throws IOException {
        running = new Running(folder);
    }

    @AfterEach
    void stop() {
        running.close();
    }

    @Test
    void M4_what_is_ephemeral_is_never_stored_has_no_id_and_moves_no_cursor() throws Exception {
        running.up("a", null);
        running.agent("a", "scout");
        try (Stream stream =
                running.stream("/api/events", Running.KEYS.ofCanvas()).live()) {
            long before = running.store.info().head();

            running.beat("a", 0.2, "Find it");
            running.headquarters
                    .activities()
                    .take(new Caller.OfAgent("scout"), "a", new Activities.Report("tool_used", null, "grep"));

            for (String type : new String[] {"TASK_UPDATED", "WORKSPACE_HEARTBEAT", "ACTIVITY_LOGGED"}) {
                Stream.Frame frame = stream.next();
                assertThat(frame.type()).isEqualTo(type);
                assertThat(frame.id()).isEmpty();
                assertThat(frame.data()).contains("\"ephemeral\":true", "\"workspace_id\":\"a\"");
            }
            assertThat(running.store.info().head()).isEqualTo(before);
            assertThat(running.store.query("SELECT * FROM recount_events WHERE type IN"
                            + " ('TASK_UPDATED', 'WORKSPACE_HEARTBEAT', 'ACTIVITY_LOGGED')"))
                    .isEmpty();
            running.handle(new RemoveWorkspace("a", null, running.clock.instant()));
            assertThat(stream.next().id()).startsWith(before + 1 + "-");
        }
    }

    @Test
    void M5_a_hundred_equal_heartbeats_give_one_frame() throws Exception {
        running.up("a", null);
        try (Stream stream =
                running.stream("/api/events", Running.KEYS.ofCanvas()).live()) {
            for (int i = 0; i < 100; i++) {
                running.beat("a", 0, "Find it");
            }
            running.beat("a", 0, "Tell it");

            assertThat(stream.typesUntil("Tell it")).containsExactly("TASK_UPDATED", "TASK_UPDATED");
        }
    }

    @Test
    void M8_a_late_heartbeat_of_a_removed_workspace_is_refused_and_told_to_nobody() throws Exception {
        running.up("a", null);
        running.beat("a", 0, "Find it");
        running.handle(new RemoveWorkspace("a", null, running.clock.instant()));
        long head = running.store.info().head();
        try (Stream stream =
                running.stream("/api/events", Running.KEYS.ofCanvas()).live()) {
            assertThatExceptionOfType(WorkspaceRejected.WorkspaceRemoved.class)
                    .isThrownBy(() -> running.beat("a", 0.9, "Haunt"));
            assertThatExceptionOfType(WorkspaceRejected.WorkspaceRemoved.class)
                    .isThrownBy(() -> running.handle(
                            new RegisterWorkspace("a", "http://a.test", Samples.CARD, running.clock.instant())));

            assertThat(running.store.info().head()).isEqualTo(head);
            running.up("b", null);
            assertThat(stream.typesUntil("\"b\"")).containsExactly("WORKSPACE_PROVISIONING");
        }
    }

    @Test
    void M9_who_is_silent_for_a_minute_is_offline_and_back_with_the_next_heartbeat() throws Exception {
        running.up("a", null);
        running.up("b", null);
        running.pass(Duration.ofSeconds(40));
        running.beat("b", 0, null);

        running.pass(Duration.ofSeconds(19));
        assertThat(running.status("a")).isEqualTo(Status.ONLINE);
        running.pass(Duration.ofSeconds(1));
        assertThat(running.status("a")).isEqualTo(Status.OFFLINE);
        // It was heard of 20 seconds ago.
        assertThat(running.status("b")).isEqualTo(Status.ONLINE);

        running.beat("a", 0, null);
        assertThat(running.status("a")).isEqualTo(Status.ONLINE);
        running.pass(Duration.ofSeconds(40));
        assertThat(running.status("b")).isEqualTo(Status.OFFLINE);
        assertThat(running.status("a")).isEqualTo(Status.ONLINE);
        running.pass(Duration.ofSeconds(20));
        assertThat(running.status("a")).isEqualTo(Status.OFFLINE);
    }

    @Test
    void M9_the_silence_of_one_that_is_degraded_counts_too() throws Exception {
        running.up("a", null);
        running.beat("a", 0.8, null);
        assertThat(running.status("a")).isEqualTo(Status.DEGRADED);

        running.pass(Duration.ofSeconds(60));

        assertThat(running.status("a")).isEqualTo(Status.OFFLINE);
    }

    @Test
    void M9_what_is_not_up_in_time_has_failed_with_a_reason() throws Exception {
        running.handle(new ProvisionWorkspace("slow", "Slow", 1, null, running.clock.instant()));
        running.handle(new ProvisionWorkspace("fast", "Fast", 1, null, running.clock.instant()));
        running.pass(Duration.ofSeconds(119));
        running.handle(new RegisterWorkspace("fast", "http://fast.test", Samples.CARD, running.clock.instant()));
        running.pass(Duration.ofSeconds(1));

        assertThat(running.status("slow")).isEqualTo(Status.FAILED);
        assertThat(running.status("fast")).isEqualTo(Status.ONLINE);
        assertThat(running.headquarters
                        .now()
                        .workspace("slow")
                        .orElseThrow()
                        .health()
                        .problem())
                .isEqualTo("It was not up within 120 s");
    }

    @Test
    void M9_alarms_outlive_a_restart_and_silence_counts_from_it(@TempDir Path folder) throws Exception {
        try (Running first = new Running(folder)) {
            first.up("a", null);
            first.handle(new ProvisionWorkspace("slow", "Slow", 1, null, first.clock.instant()));
            first.pass(Duration.ZERO);
        }
        try (Running second = new Running(folder)) {
            second.pass(Duration.ofSeconds(60));
            assertThat(second.status("a")).isEqualTo(Status.OFFLINE);
            second.pass(Duration.ofSeconds(60));
            assertThat(second.status("slow")).isEqualTo(Status.FAILED);
        }
    }
}
