package dev.recount.examples.changefeed;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A daemon, two more processes that write to its file, and a follower; in the middle the daemon is killed and started again. At the end
 * the follower, which has nothing but the stream, has what the file has. Not thread-safe: made for one run.
 */
final class Demo {

    private static final long PAUSE_MILLIS = 2_000;

    private final PrintStream out;
    private final Path file;
    private final int act;
    private final List<Process> processes = new ArrayList<>();

    private Demo(PrintStream out, Path file, int act) {
        this.out = out;
        this.file = file;
        this.act = act;
    }

    /** Plays two acts of so many changes. */
    static void run(PrintStream out, int act) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("changefeed");
        Demo demo = new Demo(out, folder.resolve("work.db"), act);
        try {
            demo.play();
        } finally {
            demo.stop();
            remove(folder);
        }
    }

    private void play() throws IOException, InterruptedException {
        Process daemon = start("serve", file.toString());
        URI feed = URI.create(firstLine(daemon));
        Mirror mirror = new Mirror(out);
        Follower follower = new Follower(feed, "0", mirror);
        Thread following = new Thread(() -> follow(follower), "follower");
        following.start();
        List<Process> writers = List.of(start("write", file.toString(), "ann"), start("write", file.toString(), "bob"));
        mirror.awaitMore(act);
        out.println("--- the daemon is killed; the others go on writing");
        daemon.destroyForcibly().waitFor();
        Thread.sleep(PAUSE_MILLIS);
        out.println("--- and started again");
        firstLine(start("serve", file.toString(), Integer.toString(feed.getPort())));
        mirror.awaitMore(act);
        for (Process writer : writers) {
            writer.destroy();
            writer.waitFor();
        }
        out.println(mirror.comparedWith(file));
        follower.stop();
        following.join();
    }

    private static void follow(Follower follower) {
        try {
            follower.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Process start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                System.getProperty("java.home") + File.separator + "bin" + File.separator + "java",
                "-D" + ChangeFeed.CHILD + "=true",
                "-cp",
                System.getProperty("java.class.path"),
                ChangeFeed.class.getName()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        processes.add(process);
        return process;
    }

    private static String firstLine(Process process) throws IOException {
        String line = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8)).readLine();
        if (line == null) {
            throw new IOException("The daemon did not start.");
        }
        return line;
    }

    private void stop() throws InterruptedException {
        for (Process process : processes) {
            process.destroyForcibly().waitFor();
        }
    }

    private static void remove(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }
}
