package dev.recount.examples.changefeed;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Another process: {@link ChangeFeed} with these arguments. */
final class Child implements AutoCloseable {

    private final Process process;

    private Child(Process process) {
        this.process = process;
    }

    static Child start(List<String> options, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                System.getProperty("java.home") + File.separator + "bin" + File.separator + "java",
                "-D" + ChangeFeed.CHILD + "=true",
                "-Xshare:auto",
                "-XX:TieredStopAtLevel=1"));
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), ChangeFeed.class.getName()));
        command.addAll(List.of(arguments));
        return new Child(
                new ProcessBuilder(command).redirectError(Redirect.INHERIT).start());
    }

    /** A daemon over a file. */
    static Child daemon(Path file, String... options) throws IOException {
        return start(List.of(options), "serve", file.toString());
    }

    /** A writer that works until so many events are stored. */
    static Child writer(Path file, String name, int events) throws IOException {
        return start(List.of("-Xmx64m"), "write", file.toString(), name, Integer.toString(events));
    }

    /** Where a daemon is, once it is there. */
    InetSocketAddress address() throws IOException {
        String line = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8)).readLine();
        if (line == null) {
            throw new IOException("The daemon did not start.");
        }
        return new InetSocketAddress(
                InetAddress.getLoopbackAddress(), URI.create(line).getPort());
    }

    long pid() {
        return process.pid();
    }

    int awaitEnd() throws InterruptedException {
        return process.waitFor();
    }

    @Override
    public void close() {
        kill();
    }

    /** As {@code kill -9} does. */
    void kill() {
        process.destroyForcibly();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
