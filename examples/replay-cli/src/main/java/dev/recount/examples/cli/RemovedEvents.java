package dev.recount.examples.cli;

import dev.recount.examples.cli.output.Terminal;

/** Says to people what an answer cannot rest on. */
final class RemovedEvents {

    private RemovedEvents() {}

    static void tell(Terminal terminal, long floor) {
        if (floor > 0) {
            terminal.line("Retention removed the events up to sequence " + floor
                    + ": this begins after it, and rows that rest on them may be missing or differ.");
        }
    }
}
