package dev.recount.examples.dashboard;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A dashboard in a process of its own, which can be killed. */
final class ServingProcess implements AutoCloseable {

    private final Process process;
    private final URI address;

    private ServingProcess(Process process, URI address) {
        this.process = process;
        this.address = address;
    }

    /** Serves the town in a directory; on any port where it is 0. */
    static ServingProcess start(Path directory, int port) {
        try {
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx128m",
                            "-XX:TieredStopAtLevel=1",
                            "-XX:+UseSerialGC",
                            "-cp",
                            System.getProperty("java.class.path"),
                            ServingMain.class.getName(),
                            directory.toString(),
                            Integer.toString(port))
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            BufferedReader out = process.inputReader();
            return new ServingProcess(process, URI.create(out.readLine()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    URI address() {
        return address;
    }

    /** As kill -9 does. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            throw new AssertionError("The process lives on.");
        }
    }

    @Override
    public void close() {
        // Nobody is to write into the folder while it is removed.
        process.destroyForcibly().onExit().join();
    }
}
