package dev.recount.examples.cli;

import dev.recount.examples.cli.output.OutputLost;
import dev.recount.examples.cli.output.ProcessStreams;
import dev.recount.examples.cli.output.Terminal;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command line of Recount: looks into rigs, replays and verifies them. */
@Command(
        name = "recount",
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        versionProvider = Recount.Version.class,
        description = "Looks into event logs, replays and verifies them.",
        footer = {
            "",
            "A moment is a sequence (412) or a time (2026-03-03T10:00:00Z). RIG.db is the SQLite file of one log.",
            "Exit status: 0 done and equal, 1 done and different, 2 bad usage or bad input, 3 the log could not be read."
        })
public final class Recount implements Runnable {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private Recount() {}

    /** Runs the command that the arguments name and ends the process with its exit status. */
    public static void main(String[] args) {
        System.exit(run(ProcessStreams.open(System.getenv()), args));
    }

    /** Runs the command that the arguments name. */
    static int run(Terminal terminal, String... args) {
        Failures failures = new Failures(terminal);
        try {
            int status = commandLine(terminal, failures).execute(args);
            terminal.flush();
            return status;
        } catch (OutputLost e) {
            return failures.outputLost(e);
        } catch (Error e) {
            // Status 1 would say that something was compared and differs.
            return failures.broken(e, args);
        }
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "No command is given");
    }

    private static CommandLine commandLine(Terminal terminal, Failures failures) {
        CommandLine line = new CommandLine(new Recount());
        for (Object command : Commands.all(terminal)) {
            line.addSubcommand(command);
        }
        return line.setOut(new PrintWriter(terminal.out()))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setColorScheme(CommandLine.Help.defaultColorScheme(terminal.colours() ? Ansi.ON : Ansi.OFF))
                .setUsageHelpAutoWidth(terminal.outIsTerminal())
                .setParameterExceptionHandler(failures::misused)
                .setExecutionExceptionHandler(failures::failed);
    }

    /** The version that the jar's manifest tells. */
    static final class Version implements IVersionProvider {

        @Override
        public String[] getVersion() {
            String version = Recount.class.getPackage().getImplementationVersion();
            return new String[] {"recount " + (version == null ? "from its classes" : version)};
        }
    }
}
