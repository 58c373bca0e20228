package dev.recount.benchmarks.measure;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.recount.store.postgres.PostgresOptions;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** A server to measure on: the one that the environment names, or one of its own. Not thread-safe: use from one thread at a time. */
final class PostgresServer implements AutoCloseable {

    private static final String URL = "RECOUNT_POSTGRES_URL";
    private static final int CONNECTIONS = 20;

    private final @Nullable EmbeddedPostgres own;
    private final String url;
    private final HikariDataSource pool;
    private final List<String> schemas = new ArrayList<>();

    private PostgresServer(@Nullable EmbeddedPostgres own, String url) {
        this.own = own;
        this.url = url;
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setMaximumPoolSize(CONNECTIONS);
        this.pool = new HikariDataSource(config);
    }

    static PostgresServer start() throws IOException {
        String given = System.getenv(URL);
        if (given != null && !given.isBlank()) {
            return new PostgresServer(null, given);
        }
        EmbeddedPostgres own = EmbeddedPostgres.builder()
                .setServerConfig("max_connections", "100")
                .setServerConfig("shared_buffers", "256MB")
                .setServerConfig("max_wal_size", "4GB")
                .setPGStartupWait(Duration.ofSeconds(60))
                .start();
        return new PostgresServer(own, own.getJdbcUrl("postgres", "postgres"));
    }

    /** What it does when a transaction is committed. */
    String durability() {
        return own == null ? "the server's" : "none";
    }

    String url() {
        return url;
    }

    DataSource pool() {
        return pool;
    }

    /** The name of a schema that nobody has used, and that is dropped at the end. */
    String newSchema() {
        String name = "recount_benchmark_" + ProcessHandle.current().pid() + "_" + schemas.size();
        schemas.add(name);
        return name;
    }

    PostgresOptions newTown() {
        return PostgresOptions.defaults().withSchema(newSchema());
    }

    /** Gives its tables the statistics that a server of some hours has. */
    void analyze() throws SQLException {
        run("VACUUM ANALYZE");
    }

    private void run(String sql) throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() throws IOException, SQLException {
        try {
            if (own == null) {
                for (String schema : schemas) {
                    run("DROP SCHEMA IF EXISTS " + schema + " CASCADE");
                }
            }
        } finally {
            pool.close();
            if (own != null) {
                own.close();
            }
        }
    }
}
