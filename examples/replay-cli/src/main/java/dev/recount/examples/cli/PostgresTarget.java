package dev.recount.examples.cli;

import dev.recount.store.postgres.PostgresOptions;
import dev.recount.store.postgres.PostgresTown;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;
import picocli.CommandLine.Option;

/** The database of a command. Its password is never shown. */
final class PostgresTarget {

    private static final String KIND = "jdbc:postgresql:";

    // Kept here, since nothing else does: what the driver has to say comes as an exception, too.
    private static final Logger DRIVER = Logger.getLogger("org.postgresql");

    @Option(
            names = "--to",
            required = true,
            paramLabel = "JDBC_URL",
            description =
                    "The database, as jdbc:postgresql://HOST/DATABASE?user=NAME. The password is best in PGPASSWORD or"
                            + " ~/.pgpass.")
    private String url = "";

    @Option(
            names = "--schema",
            paramLabel = "NAME",
            description = "The schema that holds the rigs, by default ${DEFAULT-VALUE}; made where there is none.")
    private String schema = "recount";

    /** A town that is open, with its connections. */
    record Open(PostgresTown town, KeptConnection connections) implements AutoCloseable {

        @Override
        public void close() {
            town.close();
            connections.close();
        }
    }

    Open open() {
        KeptConnection connections = new KeptConnection(dataSource(System.getenv()));
        PostgresTown town = null;
        try {
            town = PostgresTown.open(connections, options());
            return new Open(town, connections);
        } finally {
            if (town == null) {
                connections.close();
            }
        }
    }

    private PostgresOptions options() {
        try {
            return PostgresOptions.defaults().withSchema(schema);
        } catch (IllegalArgumentException e) {
            throw Failure.badInput("bad_schema", String.valueOf(e.getMessage()));
        }
    }

    /** What psql takes from its environment, too, where the URL does not say it. */
    PGSimpleDataSource dataSource(Map<String, String> environment) {
        DRIVER.setLevel(Level.OFF);
        PGSimpleDataSource source = new PGSimpleDataSource();
        try {
            source.setUrl(requireKind());
        } catch (IllegalArgumentException e) {
            // The driver's own message repeats the URL with its password.
            throw bad();
        }
        if (source.getUser() == null) {
            source.setUser(environment.get("PGUSER"));
        }
        if (source.getPassword() == null) {
            source.setPassword(environment.get("PGPASSWORD"));
        }
        source.setApplicationName("recount");
        return source;
    }

    private String requireKind() {
        // The server would take them for the database's name, and repeat them.
        if (!url.startsWith(KIND) || url.split("\\?", 2)[0].matches(".*[&;].*")) {
            throw bad();
        }
        return url;
    }

    private Failure bad() {
        return Failure.badInput(
                "bad_target",
                "'" + shown(url)
                        + "' is no database to write to. Give it as jdbc:postgresql://HOST/DATABASE?user=NAME.");
    }

    /** Where rigs go, for people: without what follows the database's name, and without a password wherever it was put. */
    String place() {
        return shown(url) + " (schema " + schema + ")";
    }

    private static String shown(@Nullable String url) {
        return String.valueOf(url).replaceAll("[?&;].*", "").replaceAll("//.*@", "//");
    }
}
