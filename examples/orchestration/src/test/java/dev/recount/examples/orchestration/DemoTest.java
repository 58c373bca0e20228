package dev.recount.examples.orchestration;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.recount.testkit.SettableClock;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class DemoTest {

    @Test
    void the_demo_streams_two_turns_keeps_and_commits_the_first_and_takes_the_second_back(@TempDir Path folder)
            throws Exception {
        ByteArrayOutputStream shown = new ByteArrayOutputStream();

        // However slowly it runs, no time passes: what is said at a stretch is told in one line.
        Demo.run(new PrintStream(shown, true, UTF_8), folder, Duration.ZERO, new SettableClock());

        List<String> lines = shown.toString(UTF_8).lines().toList();
        assertThat(lines)
                .contains(
                        "--- greeting.txt says HELLO!!!; the last commit is Say hello",
                        "--- greeting.txt says Hello; the last commit is Say hello",
                        "--- turn-1 is completed: There is your greeting.")
                .noneMatch(line -> line.startsWith("--- turn-2"))
                .anyMatch(line -> line.contains("ann    Answered ask-1: accept"))
                .anyMatch(line -> line.contains("git    Commit commit-1 made as "))
                .anyMatch(line -> line.contains("\"Now nobody can miss it \ud83d\udce2.\""))
                .anyMatch(line -> line.contains("└─ ") && line.contains("changes_committed"))
                .last()
                .asString()
                .startsWith("--- the model: 0 problems; the tables: equal: 2 of 2 rows");
    }
}
