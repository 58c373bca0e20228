package dev.recount.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class DemoTest {

    @TempDir
    Path folder;

    @Test
    void ends_with_every_rig_equal_to_its_replay() {
        Cli told = Cli.run("demo", "--into", folder.resolve("town"));

        assertThat(told.status()).as(told.out()).isZero();
        assertThat(told.err()).isEmpty();
        assertThat(told.lines().stream().filter(line -> line.contains(": equal, ")))
                .hasSize(3);
        assertThat(told.out())
                .contains("Hooked by Toast", "refused", "recount timeline")
                .contains("Convoy landed with 3 beads", "All 3 steps done", "Acknowledged by mill-mayor");
        for (String rig : DemoTown.RIGS) {
            assertThat(Cli.run("check", folder.resolve("town/" + rig + ".db")).status())
                    .isZero();
            assertThat(Cli.run("verify", folder.resolve("town/" + rig + ".db"), "--model", "beads")
                            .status())
                    .isZero();
        }
    }

    @Test
    void says_the_same_for_the_same_seed() {
        Cli first = Cli.run("demo", "--into", folder.resolve("one"), "--seed", 7);
        Cli second = Cli.run("demo", "--into", folder.resolve("two"), "--seed", 7);

        assertThat(doings(first)).isEqualTo(doings(second)).isNotEmpty();
    }

    @Test
    void does_not_touch_rigs_that_are_there() {
        Rigs.seats(folder, 1);

        Cli told = Cli.run("demo", "--into", folder);

        assertThat(told.status()).isEqualTo(2);
        assertThat(told.err()).contains(folder.toString());
    }

    // The times of day are those of the run.
    private static String doings(Cli told) {
        String feed = told.out().substring(told.out().indexOf('\n'), told.out().indexOf("Now every rig"));
        return feed.replaceAll(" at \\d\\d:\\d\\d", "");
    }
}
