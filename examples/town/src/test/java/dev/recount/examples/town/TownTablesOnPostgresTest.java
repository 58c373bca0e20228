package dev.recount.examples.town;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recount.EventLog;
import dev.recount.codec.jackson.JacksonRows;
import dev.recount.store.postgres.PostgresEventStore;
import dev.recount.store.postgres.PostgresOptions;
import dev.recount.testkit.ReadModelProof;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.time.Duration;
import javax.sql.DataSource;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** The tables of a town in PostgreSQL: nothing but the store that is opened is another one. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class TownTablesOnPostgresTest {

    @Test
    void the_tables_of_a_town_are_the_same_in_postgresql() throws IOException, InterruptedException {
        try (EmbeddedPostgres server = Postgres.start()) {
            DataSource database = server.getPostgresDatabase();
            ReadModelProof<TownState, TownEvent> proof = ReadModelProof.of(
                            new TownProjector(), JacksonRows.<TownState>create())
                    .withCommands(200);
            RandomCommands commands = RandomCommands.over(60, 12);
            PostgresOptions options = PostgresOptions.defaults();

            try (PostgresEventStore store =
                    PostgresEventStore.open(database, "gastown", options.withInline(new TownTables()))) {
                EventLog<TownEvent> rig = TownLog.in(store);
                proof.withLive("kept in inline tables", log -> TownTables.read(store))
                        .check(rig, TownLog.commands(rig).keepingStates(1_000), random -> commands.next(random));
                ReadModelProof.requireEqual(store.verify(new TownTables()));
                assertThat(store.info().head()).isGreaterThan(50);
            }

            try (PostgresEventStore store =
                    PostgresEventStore.open(database, "gastown", options.withAsync(new TownTables()))) {
                assertThat(store.awaitApplied("town", store.info().head(), Duration.ofMinutes(2)))
                        .isTrue();
                proof.withLive("kept in async tables", log -> TownTables.read(store))
                        .check(TownLog.in(store));
            }
        }
    }
}
