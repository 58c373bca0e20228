package dev.recount.examples.changefeed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class DemoTest {

    @Test
    void the_demo_shows_each_change_once_in_order_though_its_daemon_is_killed() throws Exception {
        ByteArrayOutputStream shown = new ByteArrayOutputStream();

        Demo.run(new PrintStream(shown, true, UTF_8), 12);

        List<String> lines = shown.toString(UTF_8).lines().toList();
        List<Long> changes = lines.stream()
                .filter(line -> !line.startsWith("---"))
                .map(line -> Long.parseLong(line.strip().split(" ", 2)[0]))
                .toList();
        assertThat(changes)
                .hasSizeGreaterThanOrEqualTo(24)
                .isEqualTo(LongStream.rangeClosed(1, changes.size()).boxed().toList());
        assertThat(lines)
                .contains("--- the daemon is killed; the others go on writing", "--- and started again")
                .last()
                .asString()
                .startsWith("--- " + changes.size() + " changes up to " + changes.size())
                .endsWith("equal a replay of the file");
    }
}
