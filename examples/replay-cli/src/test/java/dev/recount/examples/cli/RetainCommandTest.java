package dev.recount.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.recount.store.sqlite.SqliteEventStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RetainCommandTest {

    @TempDir
    Path folder;

    private static long events(Path rig) {
        return Cli.run("events", rig, "--json").lines().size();
    }

    @Test
    void keeps_the_newest() {
        Path rig = Rigs.seats(folder, 25);

        Cli told = Cli.run("retain", rig, "--newest", 10);

        assertThat(told.status()).as(told.err()).isZero();
        assertThat(told.out()).isEqualTo("Removed 15 events: the floor moved from 0 to 15, and the head is 25.\n");
        assertThat(events(rig)).isEqualTo(10);
        assertThat(Cli.run("check", rig).status()).isZero();
    }

    @Test
    void keeps_what_comes_from_a_moment_on() {
        Path rig = Rigs.storedAt(
                folder,
                Instant.parse("2026-03-01T10:00:00Z"),
                Instant.parse("2026-03-02T10:00:00Z"),
                Instant.parse("2026-03-03T10:00:00Z"));

        assertThat(Cli.run("retain", rig, "--before", "2026-03-02T10:00:00Z", "--json")
                        .json()
                        .path("removed")
                        .longValue())
                .isEqualTo(1);
        assertThat(Cli.run("retain", rig, "--before", "3", "--json")
                        .json()
                        .path("removed")
                        .longValue())
                .isEqualTo(1);
        assertThat(events(rig)).isEqualTo(1);
    }

    @Test
    void tells_what_it_would_remove() {
        Path rig = Rigs.seats(folder, 25);

        JsonNode answer =
                Cli.run("retain", rig, "--newest", 10, "--dry-run", "--json").json();

        assertThat(answer)
                .isEqualTo(Cli.parse("{\"floorBefore\":0,\"floor\":15,\"head\":25,\"removed\":15,\"dryRun\":true,"
                        + "\"consumers\":[]}"));
        assertThat(events(rig)).isEqualTo(25);
    }

    @Test
    void names_the_consumer_that_has_not_read_as_far() {
        Path rig = Rigs.seats(folder, 25);
        try (SqliteEventStore store = SqliteEventStore.open(rig)) {
            store.consumers().advance("search", 7);
        }

        Cli told = Cli.run("retain", rig, "--newest", 10, "--json");

        assertThat(told.status()).isEqualTo(2);
        assertThat(told.errorJson().path("code").textValue()).isEqualTo("consumer_behind");
        assertThat(told.errorJson().path("message").textValue()).contains("consumer 'search' has read up to 7 only");
        assertThat(events(rig)).isEqualTo(25);
        assertThat(Cli.run("retain", rig, "--before", 8).out()).contains("consumer search has read up to 7");
    }

    @Test
    void a_read_model_that_nobody_keeps_is_withdrawn_where_asked() {
        Path rig = Rigs.audited(folder);
        String model;
        try (SqliteEventStore store = SqliteEventStore.open(rig)) {
            model = store.consumers().list().get(0).name();
        }
        Rigs.append(rig, Rigs.seat(1), Rigs.seat(2));

        Cli refused = Cli.run("retain", rig, "--newest", 1, "--json");
        assertThat(refused.errorJson().path("message").textValue())
                .contains("read model '" + model + "'", "add --withdraw " + model);
        assertThat(Cli.run("retain", rig, "--newest", 1, "--dry-run", "--withdraw", model)
                        .status())
                .isEqualTo(2);
        assertThat(Cli.run("retain", rig, "--newest", 1, "--withdraw", "none").err())
                .contains("has no read model 'none'; it has [" + model);

        Cli told = Cli.run("retain", rig, "--newest", 1, "--withdraw", model, "--json");

        assertThat(told.status()).as(told.err()).isZero();
        assertThat(told.json().path("consumers")).isEmpty();
        assertThat(Cli.run("check", rig).status()).isZero();
    }

    @Test
    void nothing_is_withdrawn_where_the_rest_is_refused() {
        Path rig = Rigs.audited(folder);
        try (SqliteEventStore store = SqliteEventStore.open(rig)) {
            store.consumers().advance("search", 1);
        }
        String models = Cli.run("check", rig).out();
        assertThat(models).contains("read model town");

        assertThat(Cli.run("retain", rig, "--before", 99, "--withdraw", "town").err())
                .contains("the log ends at");
        assertThat(Cli.run("retain", rig, "--newest", 1, "--withdraw", "town").err())
                .contains("consumer 'search' has read up to 1 only. Nothing was withdrawn.");
        assertThat(Cli.run("retain", rig, "--newest", 7, "--withdraw", "town", "--withdraw", "none")
                        .err())
                .contains("has no read model 'none'");

        assertThat(Cli.run("check", rig).out()).isEqualTo(models);
    }

    @Test
    void answers_that_rest_on_less_say_so() throws Exception {
        Path rig = Rigs.audited(folder);
        Cli.run("retain", rig, "--newest", 2);
        long floor = Cli.run("stats", rig, "--json").json().path("floor").longValue();
        assertThat(floor).isPositive();
        Object[][] commands = {
            {"verify", rig, "--model", "beads"},
            {"blame", rig, "--model", "beads", "--key", "gt-1"},
            {"diff", rig, "--model", "beads", "--from", floor}
        };

        for (Object[] command : commands) {
            Object[] json = Arrays.copyOf(command, command.length + 1);
            json[command.length] = "--json";
            assertThat(Cli.run(json).json().path("floor").longValue())
                    .as(command[0].toString())
                    .isEqualTo(floor);
            assertThat(Cli.run(command).out()).contains("Retention removed the events up to sequence " + floor);
        }
        assertThat(Cli.run("blame", rig, "--model", "beads", "--key", "gt-9").err())
                .contains("After sequence " + floor)
                .doesNotContain("never");
        Path whole = Rigs.audited(Files.createDirectory(folder.resolve("whole")));
        assertThat(Cli.run("verify", whole, "--model", "beads").out()).doesNotContain("Retention removed");
    }

    @Test
    void wants_to_know_what_to_keep() {
        Path rig = Rigs.seats(folder, 3);

        assertThat(Cli.run("retain", rig).status()).isEqualTo(2);
        assertThat(Cli.run("retain", rig, "--newest", 1, "--before", 2).status())
                .isEqualTo(2);
        assertThat(Cli.run("retain", rig, "--newest", -1).status()).isEqualTo(2);
        assertThat(Cli.run("retain", rig, "--before", 0).status()).isEqualTo(2);
        assertThat(Cli.run("retain", rig, "--before", 99).err()).contains("the log ends at 3");
        assertThat(Cli.run("events", rig).lines()).hasSize(3);
        assertThat(Cli.run("retain", folder.resolve("none.db"), "--newest", 1).status())
                .isEqualTo(3);
        assertThat(folder.resolve("none.db")).doesNotExist();
    }

    @Test
    void leaves_a_record_that_check_and_stats_show() {
        Path rig = Rigs.seats(folder, 25);
        Cli.run("retain", rig, "--newest", 10, "--by", "nightly");

        assertThat(Cli.run("check", rig).out()).contains("15 events up to 15 were removed at ", " by nightly");
        assertThat(Cli.run("check", rig, "--json").json().at("/retentions/0/by").textValue())
                .isEqualTo("nightly");
        assertThat(Cli.run("stats", rig).out()).contains("15 older events were removed by retention");
        assertThat(Cli.run("stats", rig, "--json")
                        .json()
                        .at("/retentions/0/events")
                        .longValue())
                .isEqualTo(15);
    }

    @Test
    void whoever_asks_for_what_was_removed_is_told_so() {
        Path rig = Rigs.audited(folder);
        Cli.run("retain", rig, "--newest", 1);

        Cli told = Cli.run("replay", rig, "--model", "beads", "--until", 1, "--json");

        assertThat(told.status()).isEqualTo(2);
        assertThat(told.errorJson().path("code").textValue()).isEqualTo("events_removed");
        JsonNode whole = Cli.run("replay", rig, "--model", "beads", "--json").json();
        assertThat(whole.path("after").longValue())
                .isEqualTo(whole.path("sequence").longValue() - 1);
        assertThat(Cli.run("replay", rig, "--model", "beads").out()).contains("It begins after sequence ");
    }
}
