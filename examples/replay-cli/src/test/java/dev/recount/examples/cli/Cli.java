package dev.recount.examples.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.recount.examples.cli.output.Terminal;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;

/** Runs a command in this process and keeps what it said. */
record Cli(int status, String out, String err) {

    private static final ObjectMapper JSON = new ObjectMapper();

    static Cli run(Object... arguments) {
        return run(Terminal.Ends.plain(), arguments);
    }

    static Cli run(Terminal.Ends ends, Object... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        String[] texts = Arrays.stream(arguments).map(String::valueOf).toArray(String[]::new);
        int status = Recount.run(new Terminal(out, err, ends), texts);
        return new Cli(status, out.toString(), err.toString());
    }

    JsonNode json() {
        return parse(out);
    }

    JsonNode errorJson() {
        return parse(err);
    }

    List<String> lines() {
        return out.lines().toList();
    }

    List<JsonNode> jsonLines() {
        return out.lines().map(Cli::parse).toList();
    }

    static JsonNode parse(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(text, e);
        }
    }
}
