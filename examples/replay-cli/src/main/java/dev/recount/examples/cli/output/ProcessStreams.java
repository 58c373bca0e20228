package dev.recount.examples.cli.output;

import java.io.BufferedWriter;
import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The streams of this process as a {@link Terminal}, always in UTF-8. */
public final class ProcessStreams {

    private static final int OUT = 1;
    private static final int ERR = 2;

    private ProcessStreams() {}

    /** The terminal of this process. The environment may say {@code NO_COLOR}, or that its terminal is a dumb one. */
    public static Terminal open(Map<String, String> environment) {
        boolean colours = environment.getOrDefault("NO_COLOR", "").isEmpty()
                && !"dumb".equals(environment.getOrDefault("TERM", ""));
        Terminal.Ends ends = new Terminal.Ends(isTerminal(OUT), isTerminal(ERR), colours, columns(environment));
        return new Terminal(writer(FileDescriptor.out), writer(FileDescriptor.err), ends);
    }

    // Shells export it seldom; who has a wide terminal can.
    private static int columns(Map<String, String> environment) {
        String told = environment.getOrDefault("COLUMNS", "");
        return told.matches("[1-9][0-9]{1,3}")
                ? Integer.parseInt(told)
                : Terminal.Ends.plain().columns();
    }

    private static BufferedWriter writer(FileDescriptor descriptor) {
        return new BufferedWriter(
                new OutputStreamWriter(new FileOutputStream(descriptor), StandardCharsets.UTF_8), 1 << 15);
    }

    // The launcher's shell knows best. Without it, Linux tells; elsewhere only the console as a whole can be asked.
    private static boolean isTerminal(int descriptor) {
        String told = System.getProperty("recount.terminal." + descriptor);
        if (told != null) {
            return Boolean.parseBoolean(told);
        }
        Path link = Path.of("/proc/self/fd", Integer.toString(descriptor));
        if (Files.isSymbolicLink(link)) {
            return leadsToTerminal(link);
        }
        return hasConsole();
    }

    private static boolean leadsToTerminal(Path link) {
        try {
            Path target = Files.readSymbolicLink(link);
            return target.startsWith("/dev/pts") || target.toString().startsWith("/dev/tty");
        } catch (IOException e) {
            return false;
        }
    }

    // Before 22 there is a console only where there is a terminal; from then on it is always there, and can be asked.
    @SuppressWarnings("SystemConsoleNull")
    private static boolean hasConsole() {
        Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException e) {
            return true;
        }
    }
}
