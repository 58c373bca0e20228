package dev.recount.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What only a process of its own can show: signals, closed pipes, appends of another process. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@Timeout(300)
class ChildProcessTest {

    @TempDir
    Path folder;

    @Test
    void following_sees_what_another_process_stores_and_ends_well_on_a_signal() throws Exception {
        Path rig = Rigs.seats(folder, 2);
        Process process = start("events", rig, "--follow", "--json", "--after", "1");
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            long stored = sequence(out.readLine());
            Rigs.append(rig, Rigs.seat(3));
            long added = sequence(out.readLine());

            process.toHandle().destroy();

            assertThat(stored).isEqualTo(2);
            assertThat(added).isEqualTo(3);
            assertThat(out.readLine()).isNull();
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isZero();
            assertThat(process.errorReader().lines()).isEmpty();
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    @Test
    void a_reader_that_has_had_enough_is_no_failure() throws Exception {
        Path rig = Rigs.seats(folder, 1_000);
        Process process = start("events", rig, "--json");
        try {
            try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
                assertThat(sequence(out.readLine())).isEqualTo(1);
            }

            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isZero();
            assertThat(process.errorReader().lines()).isEmpty();
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    @Test
    void output_is_utf_8_whatever_the_locale_says() throws Exception {
        Path rig = Rigs.seats(folder, 0);
        Rigs.append(rig, dev.recount.event.NewEvent.of("grüße", "{\"a\":\"日本\"}"));
        Process process = start("events", rig, "--json");
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            assertThat(out.readLine()).contains("grüße", "日本");
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    private static Process start(Object... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        if (Runtime.version().feature() >= 22) {
            // The jar says so in its manifest; a class path cannot.
            command.add("--enable-native-access=ALL-UNNAMED");
        }
        command.addAll(List.of("-Xmx128m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Recount.class.getName()));
        for (Object argument : arguments) {
            command.add(argument.toString());
        }
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("LC_ALL", "C");
        return builder.start();
    }

    private static long sequence(String line) {
        return Cli.parse(line).path("sequence").longValue();
    }
}
