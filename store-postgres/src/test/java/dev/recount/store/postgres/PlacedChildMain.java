package dev.recount.store.postgres;

import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;

/**
 * What another process does with a town over several databases: arguments are the schema, the number of appends, or {@code move} to move the rig
 * round and round, and the urls of the databases.
 */
final class PlacedChildMain {

    private PlacedChildMain() {}

    public static void main(String[] arguments) throws Exception {
        PostgresOptions options =
                PostgresOptions.defaults().withSchema(arguments[0]).withBusyTimeout(Duration.ofSeconds(60));
        List<HikariDataSource> pools = new ArrayList<>();
        List<String> urls = List.of(arguments).subList(2, arguments.length);
        try (PlacedTown town = town(options, urls, pools)) {
            System.out.println("ready");
            System.in.read();
            if (arguments[1].equals("move")) {
                moveForEver(town);
            } else {
                ChildMain.write(town.rig("rig"), "child", Integer.parseInt(arguments[1]));
            }
            System.out.println("done");
        } finally {
            pools.forEach(HikariDataSource::close);
        }
    }

    // Not by way of Databases, which would start a server, and leave it behind when this is killed.
    private static PlacedTown town(PostgresOptions options, List<String> urls, List<HikariDataSource> pools) {
        Map<String, DataSource> sources = new TreeMap<>();
        for (String url : urls) {
            HikariDataSource pool = Pools.of(url, 6);
            pools.add(pool);
            sources.put(url.replaceAll(".*/([abc])\\?.*", "$1"), pool);
        }
        return PlacedTown.open(sources.get("a"), sources, options);
    }

    private static void moveForEver(PlacedTown town) {
        for (List<String> round = List.of("a", "b", "c"); ; ) {
            for (String place : round) {
                System.out.println(town.move("rig", place).database());
            }
        }
    }
}
