package dev.recount.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recount.examples.cli.output.Terminal;
import java.io.IOException;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class LostOutputTest {

    @TempDir
    Path folder;

    private final StringWriter err = new StringWriter();

    @ParameterizedTest
    @ValueSource(strings = {"events RIG --json", "replay RIG --model beads --json", "verify RIG --model beads"})
    void a_full_disk_is_not_taken_for_a_complete_answer_and_told_once(String command) {
        int status = run("No space left on device", command);

        assertThat(status).isEqualTo(2);
        assertThat(err.toString())
                .contains("recount: The output could not be written: No space left on device.")
                .hasLineCount(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"events RIG --json", "replay RIG --model beads --json", "verify RIG --model beads"})
    void a_reader_that_is_gone_is_no_failure(String command) {
        int status = run("Broken pipe", command);

        assertThat(status).isZero();
        assertThat(err.toString()).isEmpty();
    }

    private int run(String failure, String command) {
        Terminal terminal = new Terminal(failing(failure), err, Terminal.Ends.plain());
        String rig = Rigs.audited(folder).toString();
        return Recount.run(terminal, command.replace("RIG", rig).split(" "));
    }

    private static Writer failing(String message) {
        return new Writer() {
            @Override
            public void write(char[] text, int from, int length) throws IOException {
                throw new IOException(message);
            }

            @Override
            public void flush() throws IOException {
                throw new IOException(message);
            }

            @Override
            public void close() {}
        };
    }
}
