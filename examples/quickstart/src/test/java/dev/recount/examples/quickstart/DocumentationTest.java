package dev.recount.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every sample that a reader could copy stands in the sources of this module, where it is compiled and run. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class DocumentationTest {

    private static final Path ROOT = root();

    private final CompiledCode compiled = compiledHere();

    @Test
    void every_sample_of_the_readme_and_the_docs_is_compiled_here() throws IOException {
        List<Path> pages = files(ROOT.resolve("docs"), ".md");
        pages.add(ROOT.resolve("README.md"));

        assertThat(pages).hasSizeGreaterThan(10);
        assertThat(missing(pages, Sample::ofMarkdown)).isEmpty();
    }

    @Test
    void every_sample_of_the_javadoc_is_compiled_here() throws IOException {
        List<Path> sources = new ArrayList<>();
        for (String module : List.of(
                "core", "codec-jackson", "store-memory", "store-sqlite", "store-postgres", "feed-http", "testkit")) {
            sources.addAll(files(ROOT.resolve(module).resolve("src/main/java"), ".java"));
        }

        assertThat(sources).hasSizeGreaterThan(40);
        assertThat(missing(sources, Sample::ofJavadoc)).isEmpty();
    }

    @Test
    void a_sample_that_is_not_compiled_is_reported(@TempDir Path folder) throws IOException {
        Path page = Files.writeString(folder.resolve("page.md"), """
                ```java
                seats.handle(new FreeSeat("12A"));
                ```

                ```java
                seats.handle(new SellSeat("12A"));
                ```
                """);
        Path source = Files.writeString(folder.resolve("Seat.java"), """
                /**
                 * <pre>{@code
                 * seats.handle(new SellSeat("12A"));
                 * }</pre>
                 */
                class Seat {}
                """);

        assertThat(missing(List.of(page), Sample::ofMarkdown))
                .containsExactly(new Sample(page, "seats.handle(new SellSeat(\"12A\"));\n"));
        assertThat(missing(List.of(source), Sample::ofJavadoc)).hasSize(1);
    }

    @Test
    void a_sample_that_would_go_unseen_is_reported(@TempDir Path folder) throws IOException {
        Path source =
                Files.writeString(folder.resolve("Seat.java"), "/** <pre>seats.sell();</pre> */\nclass Seat {}\n");

        assertThatThrownBy(() -> Sample.ofJavadoc(source)).hasMessageContaining("Seat.java has 1 times <pre, but 0");
    }

    private List<Sample> missing(List<Path> pages, Function<Path, List<Sample>> samples) {
        return pages.stream()
                .flatMap(page -> samples.apply(page).stream())
                .filter(sample -> !compiled.holds(sample.code()))
                .toList();
    }

    private static CompiledCode compiledHere() {
        try {
            List<String> sources = new ArrayList<>();
            for (Path source : files(ROOT.resolve("examples/quickstart/src"), ".java")) {
                sources.add(Files.readString(source));
            }
            return CompiledCode.of(sources);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<Path> files(Path folder, String ending) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(file -> file.toString().endsWith(ending))
                    .sorted()
                    .collect(Collectors.toCollection(ArrayList::new));
        }
    }

    // Tests run in the module's folder or in the root, as the build or the editor likes.
    static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("mvnw"))) {
            folder = Objects.requireNonNull(folder.getParent(), "No folder above the working directory holds mvnw.");
        }
        return folder;
    }
}
