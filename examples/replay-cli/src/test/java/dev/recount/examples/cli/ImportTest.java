package dev.recount.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ImportTest {

    @TempDir
    Path folder;

    @Nested
    class of_beads {

        @Test
        void tells_what_was_read_and_stored() {
            Cli told = Cli.run(
                    "import",
                    "--format",
                    "beads",
                    "--events",
                    Rigs.auditLog(folder),
                    "--into",
                    folder.resolve("a.db"),
                    "--json");

            assertThat(told.status()).isZero();
            assertThat(told.json().path("read").longValue()).isEqualTo(4);
            assertThat(told.json().path("entities").longValue()).isEqualTo(2);
            assertThat(told.json().path("unresolved")).isEmpty();
            assertThat(told.json().path("events").longValue())
                    .isEqualTo(Cli.run("events", folder.resolve("a.db"), "--json")
                            .jsonLines()
                            .size())
                    .isPositive();
        }

        @Test
        void again_stores_nothing() {
            Path rig = Rigs.audited(folder);

            Cli told = Cli.run(
                    "import", "--format", "beads", "--events", folder.resolve("events.jsonl"), "--into", rig, "--json");

            assertThat(told.json().path("read").longValue()).isEqualTo(4);
            assertThat(told.json().path("events").longValue()).isZero();
        }

        @Test
        void again_after_a_retention_is_refused() {
            Path rig = Rigs.audited(folder);
            Cli.run("retain", rig, "--newest", 1);
            List<String> before = Cli.run("events", rig, "--json").lines();

            Cli told = Cli.run(
                    "import", "--format", "beads", "--events", folder.resolve("events.jsonl"), "--into", rig, "--json");

            assertThat(told.status()).isEqualTo(2);
            assertThat(told.errorJson().path("code").textValue()).isEqualTo("rows_removed");
            assertThat(told.errorJson().path("message").textValue())
                    .contains(rig.toString(), "were removed by retention", "Nothing was stored");
            assertThat(Cli.run("events", rig, "--json").lines())
                    .isEqualTo(before)
                    .hasSize(1);
        }

        @Test
        void names_the_lines_that_it_cannot_take() {
            List<String> lines = new ArrayList<>(Rigs.AUDIT);
            lines.add(2, "not json");
            Path events = Rigs.write(folder.resolve("events.jsonl"), lines);

            Cli told = Cli.run(
                    "import", "--format", "beads", "--events", events, "--into", folder.resolve("a.db"), "--json");

            assertThat(told.status()).isZero();
            assertThat(told.json().path("entities").longValue()).isEqualTo(2);
            assertThat(told.json().path("unresolved")).hasSize(1);
            assertThat(told.json().at("/unresolved/0/line").longValue()).isEqualTo(3);
            assertThat(told.json().at("/unresolved/0/reason").textValue()).isNotBlank();
        }

        @Test
        void of_nothing_but_garbage_is_bad_input() {
            Path garbage = Rigs.write(folder.resolve("garbage"), List.of("one", "two"));

            Cli told = Cli.run("import", "--format", "beads", "--events", garbage, "--into", folder.resolve("a.db"));

            assertThat(told.status()).isEqualTo(2);
            assertThat(told.err()).contains("garbage", "not a single row").hasLineCount(1);
            assertThat(folder.resolve("a.db")).doesNotExist();
        }

        @Test
        void of_an_empty_file_says_so_and_leaves_no_rig_behind() {
            Path empty = Rigs.write(folder.resolve("empty.jsonl"), List.of());
            for (String format : List.of("beads", "jsonl")) {
                Cli told = Cli.run(
                        "import", "--format", format, "--events", empty, "--into", folder.resolve("a.db"), "--json");

                assertThat(told.status()).isEqualTo(2);
                assertThat(told.errorJson().path("code").textValue()).isEqualTo("nothing_taken");
                assertThat(told.errorJson().path("message").textValue()).contains("empty.jsonl");
                assertThat(folder.resolve("a.db")).doesNotExist();
            }
        }

        @Test
        void of_nothing_leaves_a_rig_that_was_there() {
            Path rig = Rigs.seats(folder, 0);
            Path empty = Rigs.write(folder.resolve("empty.jsonl"), List.of());

            Cli.run("import", "--format", "beads", "--events", empty, "--into", rig);

            assertThat(rig).exists();
        }

        @Test
        void needs_a_file() {
            Path rig = folder.resolve("a.db");

            Cli told = Cli.run("import", "--format", "beads", "--events", folder.resolve("none"), "--into", rig);

            assertThat(told.status()).isEqualTo(2);
            assertThat(told.err()).contains("none");
            assertThat(rig).doesNotExist();
        }
    }

    @Nested
    class of_jsonl {

        @Test
        void gives_back_what_was_exported() {
            Path rig = Rigs.seats(folder, 501);
            Path copy = folder.resolve("copy.db");

            Cli told = Cli.run("import", "--format", "jsonl", "--events", exported(rig), "--into", copy, "--json");

            assertThat(told.json())
                    .isEqualTo(Cli.parse("{\"read\":501,\"events\":501,\"entities\":504,\"unresolved\":[]}"));
            assertThat(withoutLog(copy)).isEqualTo(withoutLog(rig));
        }

        @Test
        void keeps_the_tables_of_a_town() {
            Path copy = folder.resolve("copy.db");

            Cli.run("import", "--format", "jsonl", "--events", exported(Rigs.audited(folder)), "--into", copy);

            Cli told = Cli.run("verify", copy, "--model", "beads", "--json");
            assertThat(told.status()).as(told.err()).isZero();
            assertThat(told.json().path("compared").longValue()).isEqualTo(2);
        }

        @Test
        void stores_only_what_is_new_when_the_file_has_grown() throws IOException {
            Path rig = Rigs.seats(folder, 3);
            Path copy = folder.resolve("copy.db");
            Cli.run("import", "--format", "jsonl", "--events", exported(rig), "--into", copy);
            Rigs.append(rig, Rigs.seat(4));

            Cli grown = Cli.run("import", "--format", "jsonl", "--events", exported(rig), "--into", copy, "--json");
            Cli again = Cli.run("import", "--format", "jsonl", "--events", exported(rig), "--into", copy, "--json");

            assertThat(grown.json().path("events").longValue()).isEqualTo(1);
            assertThat(again.json().path("events").longValue()).isZero();
            assertThat(again.json().path("read").longValue()).isEqualTo(4);
        }

        @Test
        void a_packed_file_that_was_cut_off_is_refused_in_plain_words() throws IOException {
            Path whole = folder.resolve("whole.gz");
            try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(whole))) {
                out.write("{\"type\":\"a\",\"data\":{}}\n".repeat(100).getBytes(StandardCharsets.UTF_8));
            }
            byte[] bytes = Files.readAllBytes(whole);
            Path cut = Files.write(folder.resolve("cut.gz"), Arrays.copyOf(bytes, bytes.length / 2));
            bytes[bytes.length / 2] ^= 0x55;
            Path damaged = Files.write(folder.resolve("damaged.gz"), bytes);

            for (Path file : List.of(cut, damaged)) {
                Cli told = Cli.run("import", "--format", "jsonl", "--events", file, "--into", folder.resolve("a.db"));

                assertThat(told.status()).isEqualTo(2);
                assertThat(told.err())
                        .contains("is packed with gzip and damaged or cut off")
                        .doesNotContain("java.");
            }
        }

        @Test
        void takes_a_packed_file_and_names_bad_lines() throws IOException {
            Path packed = folder.resolve("events.jsonl.gz");
            try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
                String lines = """
                        {"type":"a","data":{}}
                        {"data":{}}

                        nonsense
                        {"type":"a","data":{},"tags":{"k":["1","2"]}}
                        """;
                out.write(lines.getBytes(StandardCharsets.UTF_8));
            }

            JsonNode answer = Cli.run(
                            "import",
                            "--format",
                            "jsonl",
                            "--events",
                            packed,
                            "--into",
                            folder.resolve("a.db"),
                            "--json")
                    .json();

            assertThat(answer.path("read").longValue()).isEqualTo(4);
            assertThat(answer.path("events").longValue()).isEqualTo(2);
            assertThat(answer.path("unresolved").findValuesAsText("line")).containsExactly("2", "4");
        }

        private Path exported(Path rig) {
            Path file = folder.resolve("exported.jsonl");
            assertThat(Cli.run("export", rig, "--format", "jsonl", "--to", file).status())
                    .isZero();
            return file;
        }

        private List<String> withoutLog(Path rig) {
            return Cli.run("events", rig, "--json").lines().stream()
                    .map(line -> line.replaceAll("\"rig\":\"[^\"]*\"", "").replaceAll("\"storedAt\":\"[^\"]*\"", ""))
                    .toList();
        }
    }

    @Nested
    class of_a_town {

        @Test
        void makes_a_rig_of_each_file() throws IOException {
            Path source = Files.createDirectory(folder.resolve("source"));
            Rigs.write(source.resolve("mill.issues.jsonl"), List.of(issue("mi-1", "open"), issue("mi-2", "closed")));
            Rigs.write(source.resolve("harbour.issues.jsonl"), List.of(issue("ha-1", "open")));

            Cli told = Cli.run("import-town", source, "--into", folder.resolve("town"), "--json");

            assertThat(told.status()).as(told.err()).isZero();
            assertThat(told.json().path("read").longValue()).isEqualTo(3);
            assertThat(told.json().path("entities").longValue()).isEqualTo(3);
            assertThat(told.json().path("unresolved")).isEmpty();
            assertThat(told.json().path("rigs").fieldNames()).toIterable().containsExactly("harbour", "mill");
            assertThat(Cli.run("verify", folder.resolve("town/mill.db"), "--model", "beads", "--json")
                            .json()
                            .path("agreeing")
                            .longValue())
                    .isEqualTo(2);
            assertThat(Cli.run("import-town", source, "--into", folder.resolve("town"), "--json")
                            .json()
                            .path("events")
                            .longValue())
                    .isZero();
        }

        @Test
        void imports_nothing_after_a_retention_in_one_of_the_rigs() throws IOException {
            Path source = Files.createDirectory(folder.resolve("source"));
            Rigs.write(source.resolve("mill.issues.jsonl"), List.of(issue("mi-1", "open"), issue("mi-2", "closed")));
            Cli.run("import-town", source, "--into", folder.resolve("town"));
            Cli.run("retain", folder.resolve("town/mill.db"), "--newest", 1);
            Rigs.write(source.resolve("harbour.issues.jsonl"), List.of(issue("ha-1", "open")));

            Cli told = Cli.run("import-town", source, "--into", folder.resolve("town"), "--json");

            assertThat(told.status()).isEqualTo(2);
            assertThat(told.errorJson().path("code").textValue()).isEqualTo("rows_removed");
            assertThat(told.errorJson().path("message").textValue()).contains("rig 'mill'");
            assertThat(Cli.run("events", folder.resolve("town/harbour.db"), "--json")
                            .out())
                    .isEmpty();
            assertThat(Cli.run("events", folder.resolve("town/mill.db"), "--json")
                            .lines())
                    .hasSize(1);
        }

        @Test
        void names_the_file_that_cannot_be_a_rig_and_imports_nothing() throws IOException {
            Path source = Files.createDirectory(folder.resolve("source"));
            Rigs.write(source.resolve("mill.issues.jsonl"), List.of(issue("mi-1", "open")));
            Rigs.write(source.resolve("old mill.issues.jsonl"), List.of(issue("om-1", "open")));

            Cli told = Cli.run("import-town", source, "--into", folder.resolve("town"));

            assertThat(told.status()).isEqualTo(2);
            assertThat(told.err())
                    .contains("old mill.issues.jsonl", "nothing was imported")
                    .doesNotContain("Exception")
                    .hasLineCount(1);
            assertThat(folder.resolve("town")).doesNotExist();
        }

        @Test
        void of_nothing_is_bad_input() throws IOException {
            Path source = Files.createDirectory(folder.resolve("source"));
            Rigs.write(source.resolve("mill.issues.jsonl"), List.of("nonsense"));

            Cli told = Cli.run("import-town", source, "--into", folder.resolve("town"), "--json");

            assertThat(told.status()).isEqualTo(2);
            assertThat(told.err()).contains("nothing_taken", "not a single row that could be taken");
        }

        @Test
        void does_not_go_into_a_file() throws IOException {
            Path source = Files.createDirectory(folder.resolve("source"));
            Rigs.write(source.resolve("mill.issues.jsonl"), List.of(issue("mi-1", "open")));

            Cli told = Cli.run("import-town", source, "--into", source.resolve("mill.issues.jsonl"));

            assertThat(told.status()).isEqualTo(2);
            assertThat(told.err()).contains("is a file", "directory").doesNotContain("Exception");
        }

        @Test
        void needs_a_folder_with_issues() {
            assertThat(Cli.run("import-town", folder.resolve("none"), "--into", folder)
                            .status())
                    .isEqualTo(2);
            assertThat(Cli.run("import-town", folder, "--into", folder.resolve("town")))
                    .satisfies(told -> assertThat(told.status()).isEqualTo(2))
                    .satisfies(told -> assertThat(told.err()).contains("*.issues.jsonl"));
            assertThat(folder.resolve("town")).doesNotExist();
        }

        private String issue(String id, String status) {
            return "{\"id\":\"" + id + "\",\"title\":\"One\",\"status\":\"" + status
                    + "\",\"priority\":1,\"issue_type\":\"task\",\"created_at\":\"2026-03-01T10:00:00Z\",\"updated_at\":"
                    + "\"2026-03-02T10:00:00Z\"}";
        }
    }
}
