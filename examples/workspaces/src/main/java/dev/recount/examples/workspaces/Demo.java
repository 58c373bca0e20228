package dev.recount.examples.workspaces;

import dev.recount.event.StoredEvent;
import dev.recount.examples.workspaces.Heartbeats.Heartbeat;
import dev.recount.examples.workspaces.WorkspaceCommand.AssignAgent;
import dev.recount.examples.workspaces.WorkspaceCommand.CollapseWorkspace;
import dev.recount.examples.workspaces.WorkspaceCommand.ExpandWorkspace;
import dev.recount.examples.workspaces.WorkspaceCommand.MoveAgent;
import dev.recount.examples.workspaces.WorkspaceCommand.MoveWorkspace;
import dev.recount.examples.workspaces.WorkspaceCommand.NewChild;
import dev.recount.examples.workspaces.WorkspaceCommand.ProvisionWorkspace;
import dev.recount.examples.workspaces.WorkspaceCommand.RegisterWorkspace;
import dev.recount.examples.workspaces.WorkspaceCommand.RemoveWorkspace;
import dev.recount.examples.workspaces.WorkspaceCommand.UpdateWorkspace;
import dev.recount.store.Page;
import dev.recount.store.Query;
import dev.recount.store.ReadOptions;
import dev.recount.store.sqlite.SqliteEventStore;
import dev.recount.store.sqlite.SqliteOptions;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A week of an organisation, in some seconds: it is set up, falls ill and recovers, is rearranged and loses a branch. Not thread-safe: made
 * for one run.
 */
final class Demo {

    private static final Instant MONDAY = Instant.parse("2026-03-02T09:00:00Z");
    private static final Instant LAST_TUESDAY = Instant.parse("2026-03-03T18:00:00Z");
    private static final AgentCard CARD = new AgentCard("Agent", List.of("plan", "write"));

    private final PrintStream out;
    private final FastClock clock;
    private final Headquarters headquarters;
    private final SqliteEventStore store;
    private final Duration pace;
    private long told;

    private Demo(PrintStream out, FastClock clock, Headquarters headquarters, SqliteEventStore store, Duration pace) {
        this.out = out;
        this.clock = clock;
        this.headquarters = headquarters;
        this.store = store;
        this.pace = pace;
    }

    /**
     * Plays the week into {@code organisation.db} of a folder.
     *
     * @param pace how long is waited after each event, for those who read along
     */
    static void run(PrintStream out, Path folder, Keys keys, Duration pace) throws InterruptedException {
        FastClock clock = new FastClock(MONDAY);
        SqliteOptions options = SqliteOptions.defaults().withClock(clock);
        try (SqliteEventStore store = SqliteEventStore.open(
                        folder.resolve("organisation.db"), options.withInline(new WorkspaceTables()));
                SqliteEventStore activities = SqliteEventStore.open(folder.resolve("activities.log"), options);
                Headquarters headquarters =
                        Headquarters.open(store, activities, Headquarters.Options.of(keys, clock))) {
            Demo demo = new Demo(out, clock, headquarters, store, pace);
            demo.monday();
            demo.tuesday();
            demo.wednesday();
            demo.friday();
            demo.lookBack();
        }
    }

    private void monday() throws InterruptedException {
        say("Monday: the organisation is set up.");
        up("company", "Company", null);
        up("research", "Research", "company");
        up("sales", "Sales", "company");
        up("archive", "Archive", "company");
        handle(new ExpandWorkspace(
                "research", List.of(new NewChild("search", "Search", 2), new NewChild("papers", "Papers", 2)), now()));
        register("search");
        agent("company", "ada");
        agent("search", "scout");
        agent("sales", "mercer");
        say("Papers never answers; its two minutes pass.");
        beatFor(Duration.ofMinutes(3));
    }

    private void tuesday() throws InterruptedException {
        clock.set(MONDAY.plus(Duration.ofDays(1)));
        say("Tuesday: search falls ill, and recovers.");
        beatAll();
        beat("search", 0.3);
        beat("search", 0.6);
        beat("search", 0.2);
        beat("search", 0.05);
        say("Nobody hears of the archive for a minute.");
        beatFor(Duration.ofMinutes(2), "archive");
        beat("archive", 0);
    }

    private void wednesday() throws InterruptedException {
        clock.set(MONDAY.plus(Duration.ofDays(2)));
        say("Wednesday: search goes to sales, with its agent; scout gets a new place.");
        beatAll();
        handle(new MoveWorkspace("search", "sales", now()));
        handle(new UpdateWorkspace("sales", "Sales & Search", "revenue", 3, now()));
        handle(new MoveAgent("search", "archive", now()));
        handle(new AssignAgent("search", "rover", "large-2", now()));
    }

    private void friday() throws InterruptedException {
        clock.set(MONDAY.plus(Duration.ofDays(4)));
        say("Friday: research is given up. What is left below it goes with it, the deepest first.");
        beatAll();
        handle(new CollapseWorkspace("research", now()));
        handle(new ProvisionWorkspace("lab", "Lab", 1, "research", now()));
        handle(new ProvisionWorkspace("bench", "Bench", 1, "lab", now()));
        handle(new RemoveWorkspace("research", "sales", now()));
        refused(new ProvisionWorkspace("research", "Research again", 1, null, now()));
        refused(new MoveWorkspace("sales", "search", now()));
    }

    private void lookBack() {
        OrganisationHistory history = headquarters.history();
        Organisation then = history.at(LAST_TUESDAY);
        say("The organisation now:");
        out.println(Tree.of(history.now()));
        say("And last Tuesday, " + LAST_TUESDAY + ":");
        out.println(Tree.of(then));
        say("What became of it since (+ new, - gone, > moved, ~ changed):");
        out.println(TreeDiff.between(then, history.now()));
        boolean equal = WorkspaceTables.read(store).equals(history.now());
        say("The table of workspaces " + (equal ? "equals" : "DIFFERS FROM") + " the replay of all "
                + store.info().head() + " events; the hash chain is "
                + store.check().chain() + ".");
    }

    private void up(String id, String name, @Nullable String parent) throws InterruptedException {
        handle(new ProvisionWorkspace(id, name, 2, parent, now()));
        register(id);
    }

    private void register(String id) throws InterruptedException {
        clock.move(Duration.ofSeconds(5));
        handle(new RegisterWorkspace(id, "http://" + id + ".internal", CARD, now()));
    }

    private void agent(String workspace, String agent) throws InterruptedException {
        handle(new AssignAgent(workspace, agent, "small-1", now()));
    }

    /** Lets time pass in which all send heartbeats but those who are silent. */
    private void beatFor(Duration time, String... silent) throws InterruptedException {
        Instant end = now().plus(time);
        while (now().isBefore(end)) {
            beatAll(silent);
            clock.move(Duration.ofSeconds(30));
            headquarters.awaitAlarms(Duration.ofSeconds(60));
            tell();
        }
    }

    private void beatAll(String... silent) throws InterruptedException {
        for (Workspace workspace : headquarters.now().workspaces()) {
            boolean isRegistered = workspace.isThere() && workspace.profile().url() != null;
            if (isRegistered && !List.of(silent).contains(workspace.id())) {
                beat(workspace.id(), 0);
            }
        }
    }

    private void beat(String id, double errorRate) throws InterruptedException {
        headquarters.heartbeats().take(new Heartbeat(id, errorRate, "timeouts of the index", null));
        tell();
    }

    private void handle(WorkspaceCommand command) throws InterruptedException {
        headquarters.commands().handle(command);
        tell();
        clock.move(Duration.ofSeconds(1));
    }

    private void refused(WorkspaceCommand command) {
        try {
            headquarters.commands().handle(command);
        } catch (WorkspaceRejected refusal) {
            out.println("                       refused: " + refusal.getMessage());
        }
    }

    private Instant now() {
        return clock.instant();
    }

    private void say(String text) {
        out.println();
        out.println("== " + text);
    }

    /** Says what was stored since the last time. */
    private void tell() throws InterruptedException {
        Page page = store.read(Query.all(), ReadOptions.defaults().after(told));
        for (StoredEvent event : page.events()) {
            String about = String.join(", ", event.tags().values("workspace_id"));
            out.printf("%5d  %s  %-14s %s%n", event.sequence(), time(event), about, Sentences.of(event));
            Thread.sleep(pace.toMillis());
        }
        told = page.upTo();
    }

    private static String time(StoredEvent event) {
        return event.storedAt().toString().substring(5, 16).replace('T', ' ');
    }
}
