package dev.recount.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.recount.store.LogInfo;
import dev.recount.store.StoreUnavailable;
import dev.recount.store.sqlite.SqliteEventStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;
import picocli.CommandLine;

@DisplayNameGeneration(ReplaceUnderscores.class)
class PromoteTest {

    private final String schema = Postgres.schema();

    @TempDir
    Path folder;

    @Test
    void the_rig_of_a_real_town_is_promoted_with_all_it_has() {
        Path rig = folder.resolve("gastown.db");
        Cli.run("import", "--format", "beads", "--events", RealDataTest.data("gastown/events.jsonl"), "--into", rig);
        LogInfo log = info(rig);

        Cli promoted = promote(rig, "--json");

        JsonNode answer = promoted.json();
        assertThat(promoted.status()).as(promoted.err()).isZero();
        assertThat(answer.path("rig").textValue()).isEqualTo("gastown");
        assertThat(answer.path("logId").textValue()).isEqualTo(log.logId());
        assertThat(answer.path("head").longValue()).isEqualTo(log.head());
        assertThat(answer.path("events").longValue()).isEqualTo(log.head()).isGreaterThan(3_000);
        assertThat(answer.path("copied").longValue()).isEqualTo(log.head());
        assertThat(answer.path("compared").longValue()).isGreaterThanOrEqualTo(674);
        assertThat(answer.path("diverging")).isEmpty();
        assertThat(answer.path("sealed").booleanValue()).isTrue();
        assertThat(answer.path("verified").booleanValue()).isTrue();
        JsonNode again = promote(rig, "--json").json();
        assertThat(again.path("copied").longValue()).isZero();
        assertThat(again.path("verified").booleanValue()).isTrue();
    }

    @Test
    void a_file_that_was_promoted_takes_no_appends_and_is_read_as_before() {
        Path rig = Rigs.audited(folder);
        String events = Cli.run("events", rig, "--json").out();

        Cli promoted = promote(rig);

        assertThat(promoted.status()).as(promoted.err()).isZero();
        assertThat(promoted.lines().get(0))
                .startsWith("Promoted gastown to jdbc:postgresql://localhost:")
                .endsWith("(schema " + schema + "): 7 events up to sequence 7, 7 of them copied now.");
        assertThat(promoted.out())
                .contains("The file is sealed")
                .contains("rows of beads replayed on both sides, 0 differ");
        assertThat(Cli.run("events", rig, "--json").out()).isEqualTo(events);
        assertThat(Cli.run("check", rig).status()).isZero();
        assertThatThrownBy(() -> Rigs.append(rig, Rigs.seat(1)))
                .isInstanceOf(StoreUnavailable.class)
                .hasMessageContaining("was moved to rig 'gastown' in jdbc:postgresql://localhost:");
    }

    @Test
    void another_log_in_the_place_is_refused_and_the_file_stays_open() throws Exception {
        promote(Rigs.audited(Files.createDirectory(folder.resolve("one"))));
        Path other = Rigs.audited(Files.createDirectory(folder.resolve("two")));

        Cli refused = promote(other, "--json");

        assertThat(refused.status()).isEqualTo(2);
        assertThat(refused.errorJson().path("code").textValue()).isEqualTo("not_promoted");
        assertThat(refused.errorJson().path("message").textValue()).contains("is another log there");
        Rigs.append(other, Rigs.seat(1));
        assertThat(promote(other, "--rig", "elsewhere").status()).isZero();
    }

    @Test
    void a_password_is_never_shown() {
        Path rig = Rigs.audited(folder);

        for (String url : new String[] {
            "postgresql://me:s3cret@host/db",
            "jdbc:mysql://host/db?password=s3cret",
            "jdbc:postgresql://host:port/db?password=s3cret",
            Postgres.url().replaceAll("/postgres.*", "/none?user=postgres&password=s3cret")
        }) {
            Cli refused = Cli.run("promote", rig, "--to", url, "--schema", schema);

            assertThat(refused.status()).isIn(2, 3);
            assertThat(refused.out() + refused.err()).doesNotContain("s3cret");
        }
        Rigs.append(rig, Rigs.seat(1));
    }

    @Test
    void what_is_missing_in_the_url_comes_from_the_environment() {
        PostgresTarget target = new PostgresTarget();
        CommandLine.populateCommand(target, "--to", "jdbc:postgresql://host/db");

        PGSimpleDataSource source = target.dataSource(Map.of("PGUSER", "me", "PGPASSWORD", "s3cret"));

        assertThat(source.getUser()).isEqualTo("me");
        assertThat(source.getPassword()).isEqualTo("s3cret");
        assertThat(target.place()).isEqualTo("jdbc:postgresql://host/db (schema recount)");
    }

    private Cli promote(Path rig, Object... more) {
        Object[] all = new Object[6 + more.length];
        System.arraycopy(new Object[] {"promote", rig, "--to", Postgres.url(), "--schema", schema}, 0, all, 0, 6);
        System.arraycopy(more, 0, all, 6, more.length);
        return Cli.run(all);
    }

    private static LogInfo info(Path rig) {
        try (SqliteEventStore store = SqliteEventStore.openReadOnly(rig)) {
            return store.info();
        }
    }
}
