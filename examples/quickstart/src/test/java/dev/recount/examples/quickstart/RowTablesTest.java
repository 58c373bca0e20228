package dev.recount.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tables in which the examples say what is proved where. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class RowTablesTest {

    private static final Path ROOT = DocumentationTest.root();

    @Test
    void every_test_that_an_example_names_as_a_proof_is_there() {
        for (String example : List.of("town", "workspaces", "orchestration", "changefeed")) {
            Path page = ROOT.resolve("examples").resolve(example).resolve("README.md");

            List<NamedTest> named = NamedTest.in(page, ROOT);

            assertThat(named).as(example).hasSizeGreaterThan(15);
            assertThat(missing(named)).as(example).isEmpty();
        }
    }

    @Test
    void a_test_that_was_renamed_is_reported(@TempDir Path root) throws IOException {
        module(root, "feed", "FeedTest", "class FeedTest { @Test void is_paged() {} }");
        module(
                root,
                "examples/seats",
                "SeatTest",
                "class SeatTest { @Test void is_free() {} @Nested class Taken { void twice() {} } }");
        Path page = Files.writeString(root.resolve("examples/seats/README.md"), """
                | row | what | test |
                |---|---|---|
                | S1 | free | `SeatTest.is_free`, `S1_is_taken`, `.is_gone` |
                | S2, S3 | taken | `SeatTest.Taken.twice`, `SeatTest.Free`; in `feed`: `FeedTest.is_paged`, `FeedTest.is_full` |
                | S4 | fed | `FeedTest` |
                | none | no row | `NoTest` |
                """);

        assertThat(missing(NamedTest.in(page, root)))
                .extracting(NamedTest::row, test -> String.join(".", test.path()))
                .containsExactly(
                        tuple("S1", "SeatTest.S1_is_taken"),
                        tuple("S1", "SeatTest.is_gone"),
                        tuple("S2, S3", "SeatTest.Free"),
                        tuple("S2, S3", "FeedTest.is_full"),
                        tuple("S4", "FeedTest"));
    }

    private static void module(Path root, String name, String testClass, String test) throws IOException {
        Path tests = Files.createDirectories(root.resolve(name).resolve("src/test/java/com/acme"));
        Files.writeString(root.resolve(name).resolve("pom.xml"), "<project/>");
        Files.writeString(tests.resolve(testClass + ".java"), test);
    }

    private static List<NamedTest> missing(List<NamedTest> named) {
        return named.stream().filter(test -> !test.exists()).toList();
    }
}
