package dev.recount.examples.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recount.command.CommandHandler;
import dev.recount.examples.workspaces.AgentCard;
import dev.recount.examples.workspaces.StructuralEvent;
import dev.recount.examples.workspaces.WorkspaceCommand;
import dev.recount.examples.workspaces.WorkspaceCommand.AssignAgent;
import dev.recount.examples.workspaces.WorkspaceCommand.MoveWorkspace;
import dev.recount.examples.workspaces.WorkspaceCommand.ProvisionWorkspace;
import dev.recount.examples.workspaces.WorkspaceCommand.RegisterWorkspace;
import dev.recount.examples.workspaces.WorkspaceCommand.RemoveWorkspace;
import dev.recount.examples.workspaces.WorkspaceCommand.ReportHealth;
import dev.recount.examples.workspaces.WorkspaceLog;
import dev.recount.store.sqlite.SqliteTown;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An organisation of workspaces on the same page. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class WorkspacesBrowserTest {

    private CommandHandler<WorkspaceCommand, StructuralEvent> commands;

    private void up(String id, String parent, String agent) {
        Instant now = Instant.now();
        commands.handle(new ProvisionWorkspace(id, "The " + id, 2, parent, now));
        commands.handle(new RegisterWorkspace(
                id, "http://" + id + ".test", new AgentCard("Agent", List.of("plan", "write")), now));
        commands.handle(new AssignAgent(id, agent, "small-1", now));
    }

    @Test
    void an_organisation_is_shown_by_status_and_told_in_sentences(@TempDir Path folder, @TempDir Path profile)
            throws Exception {
        System.setProperty("sun.net.httpserver.nodelay", "true");
        try (Browser browser = Browser.start(profile);
                SqliteTown town = SqliteTown.open(Files.createDirectories(folder.resolve("acme")))) {
            commands = WorkspaceLog.commands(town.rig("organisation"));
            up("company", null, "ada");
            up("research", "company", "scout");
            up("sales", "company", "mercer");
            up("archive", "company", "moth");
            try (Dashboard dashboard =
                    Dashboard.start("acme", town, new ShownWorkspaces(), DashboardOptions.defaults())) {
                browser.size(1440, 900, false);
                browser.theme("dark");
                browser.openLoaded(dashboard.address());
                browser.until("return document.querySelector('#pill').dataset.state === 'live'");

                Instant now = Instant.now();
                commands.handle(new ReportHealth("research", 0.62, "timeouts of the index", now));
                commands.handle(new MoveWorkspace("archive", "sales", now));
                commands.handle(new RemoveWorkspace("archive", "sales", now));
                commands.handle(new ProvisionWorkspace("lab", "The lab", 1, "research", now));

                browser.untilNewRowSays("Degraded: 62 % of its work fails (timeouts of the index)");
                browser.untilNewRowSays("Moved from company to sales");
                browser.untilNewRowSays("Removed, sales stands in");
                browser.until("return document.querySelectorAll('.row.new').length >= 4");

                for (String lane : List.of(
                        "workspaces/provisioning", "workspaces/online", "workspaces/degraded", "agents/online")) {
                    browser.until(
                            "return document.querySelector('#boards').innerText.toLowerCase()"
                                    + ".includes(arguments[0])",
                            lane.substring(lane.indexOf('/') + 1));
                }
                browser.screenshot("workspaces");
                browser.openLoaded(URI.create(dashboard.address() + "?agent=scout"));
                browser.until("return [...document.querySelectorAll('.row .what')].length === 1");
                browser.screenshot("workspaces-of-an-agent");
                assertThat(browser.problems()).isEmpty();
            }
        }
    }
}
