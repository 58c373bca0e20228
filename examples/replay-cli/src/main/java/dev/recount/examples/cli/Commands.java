package dev.recount.examples.cli;

import dev.recount.examples.cli.output.Terminal;
import java.util.List;

/** All commands, in the order in which the help lists them. */
final class Commands {

    private Commands() {}

    static List<Object> all(Terminal terminal) {
        return List.of(
                new DemoCommand(terminal),
                new ServeCommand(terminal),
                new ImportCommand(terminal),
                new ImportTownCommand(terminal),
                new EventsCommand(terminal),
                new TimelineCommand(terminal),
                new ReplayCommand(terminal),
                new VerifyCommand(terminal),
                new WhatIfCommand(terminal),
                new DiffCommand(terminal),
                new BlameCommand(terminal),
                new CheckCommand(terminal),
                new StatsCommand(terminal),
                new ExportCommand(terminal),
                new RetainCommand(terminal),
                new PromoteCommand(terminal),
                new ReplicateCommand(terminal));
    }
}
