package dev.recount.examples.cli;

import dev.recount.examples.cli.output.Terminal;
import dev.recount.examples.dashboard.Dashboard;
import dev.recount.examples.dashboard.DashboardOptions;
import dev.recount.store.sqlite.SqliteOptions;
import dev.recount.store.sqlite.SqliteTown;
import java.io.IOException;
import java.net.BindException;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** A town that is served until the process is told to end, which is how serving ends well. */
final class Served implements AutoCloseable {

    /** Where the dashboard is unless told otherwise. */
    static final int DEFAULT_PORT = 8420;

    private static final int OPEN_RIGS = 256;
    private static final int NAMED_RIGS = 3;

    private final SqliteTown town;
    private final Dashboard dashboard;
    private final CountDownLatch never = new CountDownLatch(1);

    private Served(SqliteTown town, Dashboard dashboard) {
        this.town = town;
        this.dashboard = dashboard;
    }

    /** Serves a town, and says where. */
    static Served start(Terminal terminal, Path directory, DashboardOptions options) {
        return start(terminal, directory, options, Optional.empty());
    }

    /**
     * Serves a town of a system, and says where.
     *
     * @param system its name; where it is empty, the events tell
     */
    static Served start(Terminal terminal, Path directory, DashboardOptions options, Optional<String> system) {
        Optional<KnownSystem<?, ?>> named = system.map(KnownSystem::named);
        // Without it, Java 17 holds every answer back for some 40 ms.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        Path folder = directory.toAbsolutePath().normalize();
        String name =
                folder.getFileName() == null ? "town" : folder.getFileName().toString();
        SqliteTown town = SqliteTown.open(folder, SqliteOptions.defaults().withMaxOpenRigs(OPEN_RIGS));
        KnownSystem<?, ?> shown = named.orElseGet(() -> KnownSystem.in(town));
        Dashboard dashboard = dashboard(name, town, shown, options);
        Served served = new Served(town, dashboard);
        Runtime.getRuntime().addShutdownHook(new Thread(served::endProcess, "recount-end"));
        int count = town.rigs().size();
        terminal.line("Serving " + (count == 1 ? "1 rig" : count + " rigs") + " of " + name + " at "
                + terminal.paint().bold(dashboard.address().toString()) + "   Ctrl-C ends it.");
        terminal.flush();
        if (options.isOpenToOthers()) {
            terminal.errorLine("recount: everybody who reaches this machine can read this town."
                    + " Give --token to let in only who knows it.");
        }
        shown.others(town).forEach((other, rigs) -> terminal.errorLine(hidden(shown.name(), other, rigs)));
        return served;
    }

    private static String hidden(String shown, String other, List<String> rigs) {
        String first = Printable.text(String.join(", ", rigs.subList(0, Math.min(NAMED_RIGS, rigs.size()))));
        String more = rigs.size() > NAMED_RIGS ? " and " + (rigs.size() - NAMED_RIGS) + " more" : "";
        return "recount: the boards are those of " + shown + ", and " + first + more + " hold"
                + (rigs.size() == 1 ? "s" : "") + " events of " + other + ". Give --system " + other
                + " for their boards.";
    }

    void await() throws InterruptedException {
        never.await();
    }

    @Override
    public void close() {
        dashboard.close();
        town.close();
    }

    private static Dashboard dashboard(
            String name, SqliteTown town, KnownSystem<?, ?> system, DashboardOptions options) {
        try {
            return system.serve(name, town, options);
        } catch (BindException e) {
            town.close();
            throw Failure.badInput(
                    "port_in_use",
                    options + " cannot be listened on: " + e.getMessage()
                            + ". Give another with --port, or 0 for any that is free.");
        } catch (UnknownHostException e) {
            town.close();
            throw Failure.badInput("bad_host", "There is no host " + e.getMessage() + ". Give a name or an address.");
        } catch (IOException e) {
            town.close();
            throw Failure.badInput("failed", options + " cannot be listened on: " + e + ". Give another host or port.");
        }
    }

    // Ctrl-C is how serving ends, so it is no failure: without the halt the status would be that of the signal.
    private void endProcess() {
        try {
            close();
        } catch (RuntimeException e) {
            // The process ends either way.
        }
        Runtime.getRuntime().halt(ExitStatus.DONE);
    }
}
