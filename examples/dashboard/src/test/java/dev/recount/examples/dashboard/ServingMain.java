package dev.recount.examples.dashboard;

import dev.recount.store.sqlite.SqliteTown;
import java.nio.file.Path;

/** Serves a town until it is killed, or the process that started it is gone. */
final class ServingMain {

    private ServingMain() {}

    public static void main(String[] args) throws Exception {
        System.setProperty("sun.net.httpserver.nodelay", "true");
        SqliteTown town = SqliteTown.open(Path.of(args[0]));
        DashboardOptions options = DashboardOptions.defaults().withPort(Integer.parseInt(args[1]));
        System.out.println(
                Dashboard.start("wasteland", town, new ShownTown(), options).address());
        while (System.in.read() >= 0) {
            // Whoever started it writes nothing.
        }
        Runtime.getRuntime().halt(1);
    }
}
