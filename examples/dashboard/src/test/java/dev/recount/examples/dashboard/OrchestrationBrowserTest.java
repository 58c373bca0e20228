package dev.recount.examples.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recount.command.CommandHandler;
import dev.recount.event.Metadata;
import dev.recount.examples.orchestration.GitCommand.RecordCheckpoint;
import dev.recount.examples.orchestration.GitCommand.RequestCheckpoint;
import dev.recount.examples.orchestration.GitCommand.RequestCommit;
import dev.recount.examples.orchestration.OrchestrationCommand;
import dev.recount.examples.orchestration.OrchestrationEvent;
import dev.recount.examples.orchestration.OrchestrationLog;
import dev.recount.examples.orchestration.ProjectCommand.CreateProject;
import dev.recount.examples.orchestration.ProviderEvent;
import dev.recount.examples.orchestration.ThreadCommand.CreateThread;
import dev.recount.examples.orchestration.TurnCommand.IngestProviderEvent;
import dev.recount.examples.orchestration.TurnCommand.StartTurn;
import dev.recount.store.sqlite.SqliteTown;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Threads, turns and checkpoints in a real browser. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class OrchestrationBrowserTest {

    private static final Instant AT = Instant.parse("2026-03-02T08:00:00Z");
    private static final Metadata ANN = Metadata.empty().withActor("ann");

    private static Browser browser;

    @TempDir
    static Path profile;

    @TempDir
    Path folder;

    @BeforeAll
    static void startBrowser() {
        System.setProperty("sun.net.httpserver.nodelay", "true");
        browser = Browser.start(profile);
    }

    @AfterAll
    static void stopBrowser() {
        if (browser != null) {
            browser.close();
        }
    }

    @Test
    void threads_turns_checkpoints_and_commits_stand_on_boards_and_move_while_one_looks() throws Exception {
        try (SqliteTown town = SqliteTown.open(folder)) {
            CommandHandler<OrchestrationCommand, OrchestrationEvent> desk =
                    OrchestrationLog.commands(OrchestrationLog.in(town.rig("desk")));
            work().forEach(command -> desk.handle(command, ANN));
            try (Dashboard dashboard =
                    Dashboard.start("workshop", town, new ShownOrchestration(), DashboardOptions.defaults())) {
                browser.size(1440, 900, false);
                browser.theme("dark");
                browser.openLoaded(dashboard.address());
                browser.until("return document.querySelector('#pill').dataset.state === 'live'");
                browser.until("return " + countOf("turns", "awaiting_approval") + " === 1");
                assertThat(count("threads", "awaiting_approval")).isEqualTo(1);
                assertThat(count("checkpoints", "done")).isEqualTo(1);
                assertThat(count("commits", "requested")).isEqualTo(1);

                desk.handle(new StartTurn("docs", "turn-4", "Mend the links", AT.plusSeconds(600)), ANN);

                browser.until("return " + countOf("turns", "running") + " === 1");
                browser.until("return " + countOf("threads", "working") + " === 1");
                browser.untilNewRowSays("Asked: \"Mend the links\"");
                assertThat(browser.texts(
                                "return [...document.querySelectorAll('.row .what')].map(what => what.innerText)"))
                        .anySatisfy(row -> assertThat(row).contains("Waits for an answer: \"May I run make test?\""));
                browser.screenshot("orchestration-dark");
                assertThat(browser.problems()).isEmpty();
                browser.open(URI.create("about:blank"));
            }
        }
    }

    private static List<OrchestrationCommand> work() {
        return List.of(
                new CreateProject("login", "Login", "/src/login", AT),
                new CreateThread("login", "fix", "The login times out", AT.plusSeconds(10)),
                new CreateThread("login", "docs", "Document the sign-in", AT.plusSeconds(20)),
                new CreateThread("login", "cleanup", "Remove the old form", AT.plusSeconds(25)),
                new StartTurn("fix", "turn-1", "Find out why", AT.plusSeconds(30)),
                told("fix", "turn-1", new ProviderEvent.ThinkingDelta("The session ends before the token."), 33),
                told("fix", "turn-1", new ProviderEvent.TextDelta("The clock of the session is wrong."), 40),
                told("fix", "turn-1", new ProviderEvent.TurnComplete("end of turn"), 41),
                new RequestCheckpoint("fix", "turn-1", "before-the-fix", AT.plusSeconds(50)),
                new RecordCheckpoint("fix", "before-the-fix", "3f1c9d02aa", AT.plusSeconds(51)),
                new StartTurn("cleanup", "turn-2", "Remove it", AT.plusSeconds(60)),
                told("cleanup", "turn-2", new ProviderEvent.TextDelta("Removed, with its tests."), 70),
                told("cleanup", "turn-2", new ProviderEvent.TurnComplete("end of turn"), 71),
                new RequestCommit("cleanup", "turn-2", "commit-1", "Remove the old form", AT.plusSeconds(80)),
                new StartTurn("fix", "turn-3", "Mend it", AT.plusSeconds(90)),
                told("fix", "turn-3", new ProviderEvent.ToolCall("call-1", "shell", "make test"), 95),
                told(
                        "fix",
                        "turn-3",
                        new ProviderEvent.AwaitingApproval("ask-1", "call-1", "May I run make test?"),
                        96));
    }

    private static OrchestrationCommand told(String thread, String turn, ProviderEvent event, long second) {
        return new IngestProviderEvent(thread, turn, event, AT.plusSeconds(second));
    }

    private static long count(String collection, String state) {
        return ((Number) browser.run("return " + countOf(collection, state))).longValue();
    }

    private static String countOf(String collection, String state) {
        return "Number(document.querySelector('.board[data-collection=" + collection + "] .lane[data-state=" + state
                + "] [data-count]')?.dataset.count ?? 0)";
    }
}
