package dev.recount.store.postgres;

import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

/** The PostgreSQL server of this JVM, which ends with it, and a pool of connections to it. Each test has a schema of its own. */
final class Server {

    private static final int CONNECTIONS = 24;
    private static final AtomicInteger SCHEMAS = new AtomicInteger();
    private static final EmbeddedPostgres POSTGRES = start();
    private static final HikariDataSource POOL = Pools.of(POSTGRES.getJdbcUrl("postgres", "postgres"), CONNECTIONS);

    private Server() {}

    private static EmbeddedPostgres start() {
        try {
            return EmbeddedPostgres.builder()
                    .setPort(RealServer.freePort())
                    .setServerConfig("max_connections", "100")
                    .setPGStartupWait(Duration.ofSeconds(60))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static DataSource dataSource() {
        return POOL;
    }

    static String url() {
        return POSTGRES.getJdbcUrl("postgres", "postgres");
    }

    static String urlOf(String database) {
        return POSTGRES.getJdbcUrl("postgres", database);
    }

    static String urlFor(String role) {
        return POSTGRES.getJdbcUrl(role, "postgres");
    }

    /** Options with a schema that nobody has used, of a host that has time. */
    static PostgresOptions options() {
        return PostgresOptions.defaults()
                .withSchema("town_" + SCHEMAS.incrementAndGet())
                .withBusyTimeout(Duration.ofSeconds(60));
    }

    /** Waits until the server has done, or taken back, what a program wanted of it that was killed. */
    static void awaitEndOf(String application) throws Exception {
        Sql.await(
                "the server has noticed that " + application + " is dead",
                () -> Sql.text(
                                POOL,
                                "SELECT count(*) FROM pg_stat_activity WHERE application_name = '" + application + "'")
                        .equals("0"));
    }
}
