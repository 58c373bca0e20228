package dev.recount.examples.cli.output;

import java.io.Flushable;
import java.io.IOException;
import java.io.Writer;

/**
 * The two streams that a command writes to, and what is at their other end.
 *
 * <p>What is not written is an error, so that a full disk is not taken for a complete export. Not thread-safe: use from one
 * thread at a time.
 */
public final class Terminal implements Flushable {

    private final Writer out;
    private final Writer err;
    private final Ends ends;

    /**
     * What is at the other end of the streams. Immutable.
     *
     * @param outIsTerminal whether a person reads the standard output as it comes
     * @param errIsTerminal whether a person reads the error output as it comes
     * @param colours whether colours are welcome where a person reads
     * @param columns how many characters of a line are shown side by side
     */
    public record Ends(boolean outIsTerminal, boolean errIsTerminal, boolean colours, int columns) {

        private static final int USUAL_COLUMNS = 80;

        /** With lines of 80 characters. */
        public Ends(boolean outIsTerminal, boolean errIsTerminal, boolean colours) {
            this(outIsTerminal, errIsTerminal, colours, USUAL_COLUMNS);
        }

        /** Both go into files or other programs. */
        public static Ends plain() {
            return new Ends(false, false, false);
        }
    }

    /** A terminal that writes to these. */
    public Terminal(Writer out, Writer err, Ends ends) {
        this.out = out;
        this.err = err;
        this.ends = ends;
    }

    /** The standard output, for what writes itself. */
    public Writer out() {
        return out;
    }

    /** One line on the standard output. */
    public void line(CharSequence text) {
        write(out, text);
    }

    /** One line on the error output, at once. */
    public void errorLine(CharSequence text) {
        write(err, text);
        flush(err);
    }

    /** Whether a person reads the standard output as it comes. */
    public boolean outIsTerminal() {
        return ends.outIsTerminal();
    }

    /** How many characters of a line are shown side by side. */
    public int columns() {
        return ends.columns();
    }

    /** Whether a person reads the error output as it comes. */
    public boolean errIsTerminal() {
        return ends.errIsTerminal();
    }

    /** The colours for the standard output; plain where they are not welcome. */
    public Paint paint() {
        return new Paint(colours());
    }

    /** Whether colours are welcome on the standard output. */
    public boolean colours() {
        return ends.outIsTerminal() && ends.colours();
    }

    /** Hands on what was written. */
    @Override
    public void flush() {
        flush(out);
    }

    private static void write(Writer to, CharSequence text) {
        try {
            to.append(text).append('\n');
        } catch (IOException e) {
            throw new OutputLost(e);
        }
    }

    private static void flush(Writer writer) {
        try {
            writer.flush();
        } catch (IOException e) {
            throw new OutputLost(e);
        }
    }
}
