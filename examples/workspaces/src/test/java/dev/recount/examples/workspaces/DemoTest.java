package dev.recount.examples.workspaces;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class DemoTest {

    @Test
    void a_week_is_lived_and_looked_back_on(@TempDir Path folder) throws Exception {
        ByteArrayOutputStream told = new ByteArrayOutputStream();

        Demo.run(new PrintStream(told, true, UTF_8), folder, Running.KEYS, Duration.ZERO);

        String text = told.toString(UTF_8);
        assertThat(text)
                .contains(
                        "Could not be set up: It was not up within 120 s",
                        "Degraded: 60 % of its work fails (timeouts of the index)",
                        "Online again after it was degraded",
                        "Not heard of any more: offline",
                        "Online again after it was offline",
                        "Moved from research to sales",
                        "Removed with research",
                        "refused: Workspace 'research' was removed",
                        "refused: Workspace 'sales' cannot stand below 'search', which is part of it.",
                        "> Search (search)",
                        "- Papers (papers)",
                        "The table of workspaces equals the replay",
                        "the hash chain is ok");
        assertThat(text.indexOf("bench          Removed with research"))
                .isPositive()
                .isLessThan(text.indexOf("lab            Removed with research"));
    }
}
