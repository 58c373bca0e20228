package dev.recount.examples.cli;

import picocli.CommandLine.Option;

/** For whom the answer is. */
final class AnswerForm {

    @Option(names = "--json", description = "Answer in JSON, for programs.")
    private boolean json;

    boolean isJson() {
        return json;
    }
}
