package dev.recount.store.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;

/** Pools of connections, as a host has them. */
final class Pools {

    private Pools() {}

    static HikariDataSource of(String url, int connections) {
        return new HikariDataSource(config(url, connections));
    }

    /** Of a host that has its own ideas of transactions. */
    static HikariDataSource serializable(String url) {
        HikariConfig config = config(url, 6);
        config.setAutoCommit(false);
        config.setTransactionIsolation("TRANSACTION_SERIALIZABLE");
        return new HikariDataSource(config);
    }

    static HikariConfig config(String url, int connections) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setMaximumPoolSize(connections);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(60_000);
        return config;
    }
}
