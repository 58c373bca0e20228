package dev.recount.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands on logs of real systems, where these lie beside the checkout. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RealDataTest {

    @TempDir
    Path folder;

    @Test
    void the_audit_log_of_one_rig_ends_in_the_states_of_its_beads() {
        Path rig = folder.resolve("gastown.db");

        JsonNode imported = Cli.run(
                        "import",
                        "--format",
                        "beads",
                        "--events",
                        data("gastown/events.jsonl"),
                        "--into",
                        rig,
                        "--json")
                .json();
        Cli verified = Cli.run("verify", rig, "--model", "beads", "--expect", data("gastown/issues.jsonl"), "--json");

        assertThat(imported.path("read").longValue()).isEqualTo(3_667);
        assertThat(imported.path("entities").longValue()).isEqualTo(674);
        assertThat(imported.path("unresolved")).isEmpty();
        assertThat(verified.json().path("compared").longValue()).isEqualTo(674);
        assertThat(verified.json().path("agreeing").longValue()).isEqualTo(674);
        assertThat(verified.json().at("/agreeingByField/status").longValue()).isEqualTo(674);
        assertThat(verified.json().path("diverging"))
                .hasSize(919)
                .allSatisfy(difference -> {
                    assertThat(difference.fieldNames())
                            .toIterable()
                            .containsExactly("key", "field", "live", "replayed", "lastSequence", "reason");
                    assertThat(difference.path("lastSequence").longValue()).isPositive();
                })
                .extracting(difference -> difference.path("field").textValue())
                .doesNotContain("status");
        assertThat(verified.json().path("missing").toString())
                .isEqualTo("[\"gt-08hf1\",\"gt-eph-04p3\",\"gt-eph-8gb\"]");
        assertThat(verified.status()).isEqualTo(1);
        assertThat(Cli.run("verify", rig, "--model", "beads").status()).isZero();
        assertThat(Cli.run("diff", rig, "--model", "beads", "--from", 0, "--json")
                        .json()
                        .path("added"))
                .hasSize(674);
        assertThat(Cli.run("check", rig).status()).isZero();
    }

    @Test
    void the_town_becomes_sixteen_rigs() {
        JsonNode imported = Cli.run("import-town", data("mandrigin-town"), "--into", folder, "--json")
                .json();

        assertThat(imported.path("rigs")).hasSize(16);
        assertThat(imported.path("entities").longValue()).isEqualTo(3_194);
    }

    static Path data(String name) {
        Path project = Path.of("").toAbsolutePath();
        while (project != null && !Files.exists(project.resolve("mvnw"))) {
            project = project.getParent();
        }
        Path file = project == null
                ? Path.of(name)
                : project.resolveSibling("shared/data").resolve(name);
        assumeTrue(Files.exists(file), () -> "Real data is absent: there is no " + file + ", so this is not tested.");
        return file;
    }
}
