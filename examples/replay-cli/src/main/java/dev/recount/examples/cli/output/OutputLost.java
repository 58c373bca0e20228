package dev.recount.examples.cli.output;

import java.io.IOException;
import java.io.Serial;

/** What a command had to say could not be written. */
public final class OutputLost extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final boolean readerGone;

    OutputLost(IOException cause) {
        super(
                "The output could not be written: " + cause.getMessage() + ". Free some space, or write elsewhere.",
                cause);
        this.readerGone = String.valueOf(cause.getMessage()).contains("Broken pipe");
    }

    /** Whether the program that read it has ended: it has had enough, and nothing is wrong. */
    public boolean isReaderGone() {
        return readerGone;
    }
}
