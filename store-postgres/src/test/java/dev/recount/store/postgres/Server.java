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

    /** Options with a schema that nobody has used. */
    static PostgresOptions options() {
        return PostgresOptions.defaults().withSchema("town_" + SCHEMAS.incrementAndGet());
    }
}
