package dev.recount.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ScaleFiguresTest {

    private static final Path DOCS = Path.of("..", "docs");

    private static final String MEASURES = """
            # Performance

            | measure | ours | floor | unit | ratio |
            |---|---:|---:|---|---|
            | append.full | 192 | 167 | us | 1.15 |
            """;

    @Test
    void the_page_about_scale_has_the_figures_of_the_page_of_measures() throws IOException {
        String scale = Files.readString(DOCS.resolve("scale.md"));

        assertThat(scale).contains("`append.full`").contains("`replay.two.threads`");
        assertThat(ScaleFigures.updated(scale, Files.readString(DOCS.resolve("performance.md"))))
                .isEqualTo(scale);
    }

    @Test
    void a_new_run_changes_the_figures_and_nothing_else(@TempDir Path folder) throws IOException {
        Path scale = Files.writeString(folder.resolve("scale.md"), """
                # Scale

                | in the formulas | measure | figure | unit |
                |---|---|---:|---|
                | `append` | `append.full` | 100 | us |
                | `replay` | `replay.two.threads` | 7 | events/s |
                """);
        Path measures = Files.writeString(folder.resolve("performance.md"), MEASURES);

        ScaleFigures.update(scale, measures);

        assertThat(scale).hasContent("""
                # Scale

                | in the formulas | measure | figure | unit |
                |---|---|---:|---|
                | `append` | `append.full` | 192 | us |
                | `replay` | `replay.two.threads` | - | events/s |
                """);
    }

    @Test
    void without_a_page_about_scale_there_is_nothing_to_do(@TempDir Path folder) throws IOException {
        Path measures = Files.writeString(folder.resolve("performance.md"), MEASURES);

        ScaleFigures.update(folder.resolve("scale.md"), measures);

        assertThat(folder.resolve("scale.md")).doesNotExist();
    }
}
