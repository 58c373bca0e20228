package dev.recount.benchmarks.process;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A program of this module in a process of its own, which answers in lines. Not thread-safe: use from one thread at a time. */
public final class ForkedJvm implements AutoCloseable {

    private final Process process;
    private final BufferedReader answers;
    private final BufferedWriter questions;

    private ForkedJvm(Process process) {
        this.process = process;
        this.answers = process.inputReader(StandardCharsets.UTF_8);
        this.questions = process.outputWriter(StandardCharsets.UTF_8);
    }

    /** Starts {@code main} with these options of the JVM, on the same Java and class path as this process. */
    public static ForkedJvm start(Class<?> main, List<String> options, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home", ""), "bin", "java").toString());
        command.addAll(options);
        if (Runtime.version().feature() >= 22) {
            command.add("--enable-native-access=ALL-UNNAMED");
        }
        command.add("-cp");
        command.add(System.getProperty("java.class.path", ""));
        command.add(main.getName());
        command.addAll(List.of(arguments));
        return new ForkedJvm(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    /**
     * Its next line.
     *
     * @throws IllegalStateException where it has ended without one
     */
    public String answer() throws IOException {
        String line = answers.readLine();
        if (line == null) {
            throw new IllegalStateException("The forked process ended without an answer: " + process.info());
        }
        return line;
    }

    /** Its next line as a number. */
    public double number() throws IOException {
        return Double.parseDouble(answer());
    }

    /** What it answers to a line. */
    public String ask(String question) throws IOException {
        questions.write(question);
        questions.newLine();
        questions.flush();
        return answer();
    }

    /** Whether it ended by itself and well. */
    public boolean endedWell() throws InterruptedException {
        return process.waitFor() == 0;
    }

    /** Ends it, where it has not ended. */
    @Override
    public void close() {
        process.destroyForcibly();
    }
}
