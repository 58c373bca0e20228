package dev.recount.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recount.examples.cli.output.Terminal;
import java.io.IOException;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class LostOutputTest {

    @TempDir
    Path folder;

    private final StringWriter err = new StringWriter();

    @Test
    void a_full_disk_is_not_taken_for_a_complete_answer_and_told_once() {
        int status = run("No space left on device");

        assertThat(status).isEqualTo(2);
        assertThat(err.toString()).contains("No space left on device").hasLineCount(1);
    }

    @Test
    void a_reader_that_is_gone_is_no_failure() {
        int status = run("Broken pipe");

        assertThat(status).isZero();
        assertThat(err.toString()).isEmpty();
    }

    private int run(String failure) {
        Terminal terminal = new Terminal(failing(failure), err, Terminal.Ends.plain());
        return Recount.run(terminal, "events", Rigs.seats(folder, 3).toString(), "--json");
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
