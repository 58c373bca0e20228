package dev.recount.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.recount.store.Append;
import java.sql.SQLException;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a host says of waiting for the disk, and what an append does. {@link KilledServerTest} shows that it matters. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SynchronousCommitTest {

    private static final String NOTES = """
            CREATE TABLE {s}.notes (setting text);
            CREATE FUNCTION {s}.note() RETURNS trigger LANGUAGE plpgsql AS $$
              BEGIN INSERT INTO {s}.notes VALUES (current_setting('synchronous_commit')); RETURN NULL; END $$;
            CREATE TRIGGER note AFTER UPDATE ON {s}.rigs FOR EACH STATEMENT EXECUTE FUNCTION {s}.note()""";

    @ParameterizedTest
    @CsvSource({"off, on", "on, on", "local, local", "remote_apply, remote_apply"})
    void an_append_waits_for_the_disk_at_least(String said, String done) throws SQLException {
        PostgresOptions options = Server.options();
        try (HikariDataSource pool = Pools.of(Server.url() + "&options=-c%20synchronous_commit=" + said, 3);
                PostgresEventStore store = PostgresEventStore.open(pool, "rig", options)) {
            Sql.run(Server.dataSource(), NOTES.replace("{s}", options.schema()));

            // In a transaction of several statements, and in one of one.
            store.append(Append.of(Events.numbered(1)));
            store.append(Append.of(Events.numbered(1)));

            assertThat(Sql.texts(Server.dataSource(), "SELECT setting FROM " + options.schema() + ".notes"))
                    .containsExactly(done, done);
        }
    }
}
