package dev.recount.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.recount.store.Append;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a host says of waiting for the disk, and what an append does. {@link KilledServerTest} shows that it matters. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SynchronousCommitTest {

    @ParameterizedTest
    @CsvSource({"off, on", "on, on", "local, local", "remote_apply, remote_apply"})
    void an_append_waits_for_the_disk_at_least(String said, String done) {
        List<String> settings = new ArrayList<>();
        try (HikariDataSource pool = Pools.of(Server.url() + "&options=-c%20synchronous_commit=" + said, 3)) {
            Wire wire = new Wire(pool).beforeCommit(connection -> settings.add(setting(connection)));
            try (PostgresEventStore store = PostgresEventStore.open(wire.dataSource(), "rig", Server.options())) {
                settings.clear();

                store.append(Append.of(Events.numbered(1)));
            }
        }
        assertThat(settings).containsExactly(done);
    }

    private static String setting(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SHOW synchronous_commit")) {
            row.next();
            return row.getString(1);
        }
    }
}
