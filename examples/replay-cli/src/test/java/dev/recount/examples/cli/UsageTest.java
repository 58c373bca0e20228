package dev.recount.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class UsageTest {

    @TempDir
    Path folder;

    static Stream<List<String>> commands_that_read_a_log() {
        return Stream.of(
                List.of("events", "RIG"),
                List.of("events", "RIG", "--follow"),
                List.of("timeline", "RIG", "bead:gt-1"),
                List.of("replay", "RIG", "--model", "beads"),
                List.of("verify", "RIG", "--model", "beads"),
                List.of("whatif", "RIG", "--model", "beads", "--against", "town"),
                List.of("check", "RIG"),
                List.of("stats", "RIG"),
                List.of("export", "RIG", "--format", "jsonl"));
    }

    @ParameterizedTest
    @MethodSource("commands_that_read_a_log")
    void a_missing_log_is_told_and_not_created(List<String> command) throws IOException {
        Path missing = folder.resolve("missing.db");

        Cli told = Cli.run(on(command, missing));

        assertThat(told.status()).isEqualTo(3);
        assertThat(told.out()).isEmpty();
        assertThat(told.err()).contains("There is no log at " + missing).hasLineCount(1);
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("commands_that_read_a_log")
    void what_is_no_log_is_told_and_left_alone(List<String> command) throws IOException {
        Path text = Files.writeString(
                folder.resolve("notes.db"), "These are notes, longer than a header of a hundred bytes.".repeat(5));
        byte[] before = Files.readAllBytes(text);

        Cli told = Cli.run(on(command, text));

        assertThat(told.status()).isEqualTo(3);
        assertThat(told.err()).contains("notes.db").hasLineCount(1);
        assertThat(Files.readAllBytes(text)).isEqualTo(before);
    }

    @ParameterizedTest
    @MethodSource("commands_that_read_a_log")
    void a_log_that_is_read_is_not_changed(List<String> command) throws IOException {
        Path rig = Rigs.audited(folder);
        byte[] before = Files.readAllBytes(rig);

        Cli told = Cli.run(
                command.contains("--follow")
                        ? new Object[] {"events", rig, "--follow", "--limit", 1}
                        : on(command, rig));

        assertThat(told.status()).as(told.err()).isZero();
        assertThat(Files.readAllBytes(rig)).isEqualTo(before);
    }

    @Test
    void an_error_is_one_json_object_where_the_answer_is() {
        Cli told = Cli.run("stats", folder.resolve("missing.db"), "--json");

        assertThat(told.errorJson().path("code").textValue()).isEqualTo("no_log");
        assertThat(told.errorJson().path("message").textValue()).contains("missing.db");
        assertThat(told.out()).isEmpty();
    }

    @Test
    void bad_usage_is_one_json_object_too() {
        Cli told = Cli.run("stats", "--json", "--bogus");

        assertThat(told.status()).isEqualTo(2);
        assertThat(told.errorJson().path("code").textValue()).isEqualTo("bad_usage");
    }

    @ParameterizedTest
    @ValueSource(strings = {"yesterday", "2026-03-03", "2026-03-03T10:00:00", "-1", "99999999999999999999", ""})
    void a_moment_is_a_sequence_or_a_time_with_its_zone(String moment) {
        Cli told = Cli.run("events", Rigs.seats(folder, 1), "--until=" + moment);

        assertThat(told.status()).isEqualTo(2);
        assertThat(told.err())
                .contains("'" + moment + "' is no moment", "2026-03-03T10:00:00Z")
                .hasLineCount(1);
    }

    @Test
    void what_is_not_given_right_is_named() {
        Path rig = Rigs.seats(folder, 1);

        assertThat(Cli.run("events", rig, "--after", "-3")).satisfies(told -> {
            assertThat(told.status()).isEqualTo(2);
            assertThat(told.err()).contains("-3");
        });
        assertThat(Cli.run("events", rig, "--tag", "seat")).satisfies(told -> {
            assertThat(told.status()).isEqualTo(2);
            assertThat(told.err()).contains("'seat'", "key:value");
        });
        assertThat(Cli.run("events", rig, "--limit", "many").err())
                .contains("many")
                .hasLineCount(1);
        assertThat(Cli.run("replay", rig, "--model", "boards").err()).contains("'boards'", "beads");
        assertThat(Cli.run("export", rig, "--format", "xml").err()).contains("xml", "jsonl", "cloudevents");
        assertThat(Cli.run("events", folder).status()).isEqualTo(3);
        assertThat(Cli.run("frobnicate").status()).isEqualTo(2);
        assertThat(Cli.run().status()).isEqualTo(2);
    }

    @Test
    void what_is_no_log_is_told_without_advice_for_writers() {
        assertThat(Cli.run("events", Rigs.write(folder.resolve("empty.db"), List.of())))
                .satisfies(told -> assertThat(told.status()).isEqualTo(3))
                .satisfies(told -> assertThat(told.err())
                        .contains("empty.db is empty")
                        .doesNotContain("SQLite database", "not exist yet"));
        Path notes = Rigs.write(folder.resolve("notes.db"), List.of("notes ".repeat(300)));
        assertThat(Cli.run("events", notes).err())
                .contains("not a SQLite database")
                .doesNotContain("not exist yet");
    }

    @Test
    void an_empty_path_is_no_folder() {
        Cli told = Cli.run("events", "");

        assertThat(told.status()).isEqualTo(3);
        assertThat(told.err()).contains("path of the log is empty");
    }

    @Test
    void an_export_to_no_folder_names_the_folder() {
        Cli told = Cli.run(
                "export", Rigs.seats(folder, 1), "--format", "csv", "--to", folder.resolve("missing/events.csv"));

        assertThat(told.status()).isEqualTo(2);
        assertThat(told.err())
                .contains("there is no folder " + folder.resolve("missing"))
                .doesNotContain("Exception")
                .hasLineCount(1);
    }

    @Test
    void a_time_before_the_first_event_is_told_to_people_only() {
        Path rig = Rigs.storedAt(folder, Instant.parse("2026-03-01T10:00:00Z"));

        for (String[] command : new String[][] {{"events"}, {"replay", "--model=beads"}}) {
            Object[] told = Stream.concat(
                            Stream.of(command), Stream.of(rig.toString(), "--until", "2026-02-01T00:00:00Z"))
                    .toArray();
            assertThat(Cli.run(told).err()).contains("the first event was stored at 2026-03-01T10:00:00Z");
            assertThat(Cli.run(Stream.concat(Stream.of(told), Stream.of("--json"))
                                    .toArray())
                            .err())
                    .doesNotContain("first event");
        }
    }

    @Test
    void help_and_version_are_given() {
        assertThat(Cli.run("--help")).satisfies(told -> {
            assertThat(told.status()).isZero();
            assertThat(told.out())
                    .contains(
                            "demo",
                            "import",
                            "import-town",
                            "events",
                            "timeline",
                            "replay",
                            "verify",
                            "check",
                            "stats",
                            "export");
        });
        assertThat(Cli.run("verify", "--help").out()).contains("--expect", "--jar");
        assertThat(Cli.run("--version").out()).startsWith("recount ");
    }

    private static Object[] on(List<String> command, Path rig) {
        return command.stream()
                .map(word -> word.equals("RIG") ? rig.toString() : word)
                .toArray();
    }
}
