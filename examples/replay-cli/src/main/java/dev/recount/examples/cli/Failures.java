package dev.recount.examples.cli;

import dev.recount.examples.cli.output.Json;
import dev.recount.examples.cli.output.OutputLost;
import dev.recount.examples.cli.output.Terminal;
import dev.recount.store.EventStoreException;
import dev.recount.store.EventsRemoved;
import dev.recount.store.LogCorrupt;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Says what went wrong, on the error output: a sentence for people, one JSON object for programs. */
final class Failures {

    private final Terminal terminal;
    private boolean toldOfOutput;

    Failures(Terminal terminal) {
        this.terminal = terminal;
    }

    /** The arguments are not right. */
    int misused(ParameterException e, String[] args) {
        String help = "Run '" + e.getCommandLine().getCommandSpec().qualifiedName() + " --help' to see how it is used.";
        String message = sentence(String.valueOf(e.getMessage())) + ' ' + help;
        report("bad_usage", message, List.of(args).contains("--json"));
        return ExitStatus.BAD_INPUT;
    }

    /** The command did not get through. */
    int failed(Exception e, CommandLine command, ParseResult parsed) {
        boolean json = parsed.originalArgs().contains("--json");
        if (e instanceof OutputLost lost) {
            return outputLost(lost);
        }
        if (e instanceof Failure failure) {
            return report(failure.code(), String.valueOf(failure.getMessage()), json, failure.exitStatus());
        }
        if (e instanceof EventsRemoved) {
            return report("events_removed", String.valueOf(e.getMessage()), json, ExitStatus.BAD_INPUT);
        }
        if (e instanceof EventStoreException) {
            String code = e instanceof LogCorrupt ? "log_corrupt" : "log_unavailable";
            return report(code, String.valueOf(e.getMessage()), json, ExitStatus.UNREADABLE_LOG);
        }
        if (e instanceof UncheckedIOException) {
            return report("failed", sentence(String.valueOf(e.getMessage())), json, ExitStatus.BAD_INPUT);
        }
        return report("failed", "The command failed: " + sentence(e.toString()), json, ExitStatus.BAD_INPUT);
    }

    /** The program itself is broken, or has too little memory. */
    int broken(Error e, String[] args) {
        String message = e instanceof OutOfMemoryError
                ? "There is too little memory. Give more, such as with RECOUNT_JAVA_OPTS=-Xmx1g or java -Xmx1g."
                : "The command failed: " + sentence(e.toString());
        return report("failed", message, List.of(args).contains("--json"), ExitStatus.BAD_INPUT);
    }

    /** The output could not be written; said once, however often it is tried. */
    int outputLost(OutputLost e) {
        if (e.isReaderGone()) {
            return ExitStatus.DONE;
        }
        if (!toldOfOutput) {
            toldOfOutput = true;
            report("output_lost", String.valueOf(e.getMessage()), false);
        }
        return ExitStatus.BAD_INPUT;
    }

    private int report(String code, String message, boolean json, int exitStatus) {
        report(code, message, json);
        return exitStatus;
    }

    private void report(String code, String message, boolean json) {
        if (json) {
            Map<String, String> error = new LinkedHashMap<>();
            error.put("code", code);
            error.put("message", message);
            terminal.errorLine(Json.text(error));
        } else {
            terminal.errorLine("recount: " + message);
        }
    }

    private static String sentence(String text) {
        return text.endsWith(".") ? text : text + '.';
    }
}
