package dev.recount.examples.orchestration;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;

/** Plays the demo in a new folder, which it leaves for a look. */
public final class Main {

    private static final Duration PACE = Duration.ofMillis(40);

    private Main() {}

    /** Takes the folder to make, or none for one in the folder for temporary files. */
    public static void main(String[] args) throws IOException, InterruptedException {
        Path folder = args.length == 0
                ? Files.createTempDirectory("orchestration")
                : Files.createDirectories(Path.of(args[0]).toAbsolutePath());
        PrintStream out = new PrintStream(System.out, true, UTF_8);
        Demo.run(out, folder, PACE, InstantSource.system());
        out.println("--- the log and the files are in " + folder + "; try: ./recount serve " + folder);
    }
}
