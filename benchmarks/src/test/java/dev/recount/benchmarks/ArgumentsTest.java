package dev.recount.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ArgumentsTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void options_take_their_values_after_a_space_or_an_equals_sign(@TempDir Path folder) {
        Arguments spaced = Arguments.parse(List.of("--only", "append", "--dir", folder.toString()));
        Arguments joined = Arguments.parse(List.of("--only=append", "--dir=" + folder));

        assertThat(joined).isEqualTo(spaced);
        assertThat(spaced.only()).isEqualTo("append");
        assertThat(spaced.directory()).isEqualTo(folder);
    }

    @Test
    void only_a_whole_run_is_for_the_docs() {
        assertThat(Arguments.parse(List.of()).isWholeRun()).isTrue();
        assertThat(Arguments.parse(List.of("--strict")).isWholeRun()).isTrue();
        assertThat(Arguments.parse(List.of("--quick")).isWholeRun()).isFalse();
        assertThat(Arguments.parse(List.of("--only", "append")).isWholeRun()).isFalse();
    }

    @Test
    void an_unknown_option_is_named() {
        assertThatThrownBy(() -> Arguments.parse(List.of("--fast")))
                .hasMessage("Unknown option '--fast'. --help lists the options.");
        assertThatThrownBy(() -> Arguments.parse(List.of("--quick=yes")))
                .hasMessage("Unknown option '--quick=yes'. --help lists the options.");
    }

    @Test
    void an_option_without_its_value_says_what_it_needs() {
        assertThatThrownBy(() -> Arguments.parse(List.of("--only")))
                .hasMessage("Option --only needs a value, as in --only append.");
        assertThatThrownBy(() -> Arguments.parse(List.of("--dir", "--json")))
                .hasMessage("Option --dir needs a value, as in --dir /var/tmp.");
        assertThatThrownBy(() -> Arguments.parse(List.of("--dir", "/no/such/folder")))
                .hasMessage("Folder '/no/such/folder' of --dir does not exist. Create it first.");
    }

    @Test
    void a_bad_option_ends_with_status_2_and_says_nothing_on_stdout() throws Exception {
        assertThat(run("--only", "nothing.such")).isEqualTo(2);

        assertThat(err.toString(StandardCharsets.UTF_8))
                .startsWith("benchmarks: No measure's name begins with 'nothing.such'. There are append.batch1000, ");
        assertThat(out.size()).isZero();
    }

    @Test
    void help_lists_the_measures() throws Exception {
        assertThat(run("--help")).isZero();

        assertThat(out.toString(StandardCharsets.UTF_8)).startsWith("Usage: ").contains("replay.two.threads");
    }

    private int run(String... words) throws Exception {
        return Benchmarks.run(
                List.of(words),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
    }
}
