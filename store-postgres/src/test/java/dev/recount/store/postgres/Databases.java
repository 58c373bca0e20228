package dev.recount.store.postgres;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;

/** Three databases of the server of this JVM, named a, b and c, with a pool of connections each. Each test has a schema of its own in them. */
final class Databases {

    private static final int CONNECTIONS = 12;
    private static final Map<String, DataSource> ALL = create();

    private Databases() {}

    private static Map<String, DataSource> create() {
        Map<String, DataSource> all = new TreeMap<>();
        try {
            for (String name : List.of("a", "b", "c")) {
                Sql.run(Server.dataSource(), "CREATE DATABASE " + name);
                all.put(name, Pools.of(Server.urlOf(name), CONNECTIONS));
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return all;
    }

    static Map<String, DataSource> all() {
        return new TreeMap<>(ALL);
    }

    static DataSource of(String name) {
        return all().get(name);
    }

    /** A town over these, with the directory in the first of all. */
    static PlacedTown town(PostgresOptions options, String... names) {
        Map<String, DataSource> some = all();
        some.keySet().retainAll(List.of(names));
        return PlacedTown.open(of("a"), some, options);
    }

    static List<String> urls() {
        return new ArrayList<>(ALL.keySet().stream().map(Server::urlOf).toList());
    }
}
