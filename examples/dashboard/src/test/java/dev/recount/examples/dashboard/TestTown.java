package dev.recount.examples.dashboard;

import dev.recount.command.CommandHandler;
import dev.recount.event.StoredEvent;
import dev.recount.examples.town.AgentCommand;
import dev.recount.examples.town.BeadCommand;
import dev.recount.examples.town.BeadDetails;
import dev.recount.examples.town.BeadType;
import dev.recount.examples.town.HookCommand;
import dev.recount.examples.town.Role;
import dev.recount.examples.town.Simulation;
import dev.recount.examples.town.TownCommand;
import dev.recount.examples.town.TownEvent;
import dev.recount.examples.town.TownLog;
import dev.recount.examples.town.TownProjector;
import dev.recount.examples.town.TownState;
import dev.recount.store.EventStore;
import dev.recount.store.Query;
import dev.recount.store.ReadOptions;
import dev.recount.store.sqlite.SqliteTown;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** A town in a directory, whose agents have worked through the real rules from a given time on. */
final class TestTown implements AutoCloseable {

    static final Instant START = Instant.parse("2026-03-02T08:00:00Z");

    private final Path directory;
    private final SqliteTown town;
    private final Map<String, CommandHandler<TownCommand, TownEvent>> handlers = new TreeMap<>();

    private TestTown(Path directory, SqliteTown town) {
        this.directory = directory;
        this.town = town;
    }

    /** Rigs without an event. */
    static TestTown empty(Path directory, String... rigs) throws IOException {
        TestTown town = new TestTown(directory, SqliteTown.open(Files.createDirectories(directory)));
        for (String rig : rigs) {
            town.handlers.put(rig, TownLog.commands(TownLog.in(town.town.rig(rig))));
        }
        return town;
    }

    /** Rigs in each of which so many beads were worked off. */
    static TestTown busy(Path directory, int beads, String... rigs) throws IOException {
        TestTown town = empty(directory, rigs);
        Simulation.of(town.handlers, 7, START, step -> {}).run(beads);
        return town;
    }

    SqliteTown rigs() {
        return town;
    }

    Path directory() {
        return directory;
    }

    EventStore store(String rig) {
        return town.existingRig(rig).orElseThrow();
    }

    void perform(String rig, TownCommand command) {
        handlers.computeIfAbsent(rig, name -> TownLog.commands(TownLog.in(town.rig(name))))
                .handle(command);
    }

    void create(String rig, String bead, String title) {
        create(rig, bead, title, Instant.now());
    }

    void create(String rig, String bead, String title, Instant when) {
        perform(rig, new BeadCommand.CreateBead(bead, BeadDetails.of(BeadType.ISSUE, title), "ann", when));
    }

    /** A bead that an agent takes hold of in the same append. */
    void sling(String rig, String bead, String title, String agent) {
        perform(
                rig,
                new HookCommand.SlingBead(
                        bead, BeadDetails.of(BeadType.ISSUE, title), agent, agent, Role.POLECAT, "ann", Instant.now()));
    }

    void label(String rig, String bead, String label) {
        perform(rig, new BeadCommand.LabelBead(bead, Set.of(label), Set.of(), "ann", Instant.now()));
    }

    void register(String rig, String agent) {
        perform(rig, new AgentCommand.RegisterAgent(agent, agent, Role.POLECAT, "ann", Instant.now()));
    }

    /** Every event of a rig in order. */
    List<StoredEvent> events(String rig) {
        List<StoredEvent> all = new ArrayList<>();
        long after = 0;
        boolean more = true;
        while (more) {
            var page = store(rig).read(Query.all(), ReadOptions.defaults().after(after));
            all.addAll(page.events());
            after = page.upTo();
            more = !page.complete();
        }
        return all;
    }

    /** The state of a rig as a replay gives it, up to the last event that had happened by then. */
    TownState replayed(String rig, Instant moment) {
        long sequence = events(rig).stream()
                .filter(event -> !event.occurredAt().isAfter(moment))
                .mapToLong(StoredEvent::sequence)
                .max()
                .orElse(0);
        return TownLog.in(store(rig))
                .replay(new TownProjector())
                .until(sequence)
                .run()
                .state();
    }

    Dashboard serve(DashboardOptions options) throws IOException {
        return Dashboard.start("wasteland", town, new ShownTown(), options);
    }

    @Override
    public void close() {
        town.close();
    }
}
