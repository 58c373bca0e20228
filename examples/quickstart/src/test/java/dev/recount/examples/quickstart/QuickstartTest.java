package dev.recount.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(ReplaceUnderscores.class)
class QuickstartTest {

    @TempDir
    Path folder;

    @Test
    void the_first_sample_prints_the_plan_then_and_now() {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream console = System.out;

        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            Quickstart.main(new String[] {folder.resolve("theatre.db").toString()});
        } finally {
            System.setOut(console);
        }

        assertThat(printed.toString(StandardCharsets.UTF_8).strip())
                .isEqualTo("then {12A=Ada, 12B=Bob}, now {12B=Bob}");
    }

    @Test
    void it_runs_from_the_module_path_with_nothing_but_the_published_modules() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--module-path",
                        modulePath(),
                        "--module",
                        "dev.recount.examples.quickstart/dev.recount.examples.quickstart.Quickstart",
                        folder.resolve("theatre.db").toString())
                .redirectError(folder.resolve("errors").toFile())
                .start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor())
                .as(Files.readString(folder.resolve("errors")))
                .isZero();
        assertThat(printed.strip()).isEqualTo("then {12A=Ada, 12B=Bob}, now {12B=Bob}");
    }

    // What surefire puts on the class path, without the tests and their libraries.
    private static String modulePath() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.contains("test"))
                .filter(entry -> entry.contains("recount")
                        || entry.endsWith("classes")
                        || entry.matches(".*(jackson|sqlite-jdbc|slf4j-api)[^/]*\\.jar"))
                .collect(Collectors.joining(File.pathSeparator));
    }
}
