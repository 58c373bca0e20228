package dev.recount.examples.cli;

import dev.recount.examples.cli.model.Verdict;
import dev.recount.examples.cli.output.Paint;
import dev.recount.examples.cli.output.Terminal;
import java.util.List;
import java.util.Locale;

/** What a verification found, for people. */
final class VerdictReport {

    private static final String NOT_TOLD = ", which the live side does not tell";

    private final Terminal terminal;
    private final Paint paint;

    VerdictReport(Terminal terminal) {
        this.terminal = terminal;
        this.paint = terminal.paint();
    }

    void print(String model, long sequence, long skipped, Verdict verdict) {
        verdict.diverging().forEach(this::difference);
        keys("only on the live side", verdict.missing());
        keys("only in the replay", verdict.extra());
        verdict.agreeingByField()
                .forEach((field, rows) -> terminal.line(String.format(
                        Locale.ROOT, "%,d of %,d agree in %s", rows, verdict.compared(), Printable.text(field))));
        verdict.notCompared().forEach(field -> terminal.line("not compared: " + Printable.text(field) + NOT_TOLD));
        if (skipped > 0) {
            terminal.line(String.format(
                    Locale.ROOT,
                    "The replay left out %,d events that cannot be decoded; the command replay names the first of them.",
                    skipped));
        }
        terminal.line(summary(model, sequence, verdict));
    }

    private void difference(Verdict.Divergence difference) {
        terminal.line(
                paint.bad("differs") + "  " + Printable.text(difference.key()) + ' ' + difference.field() + ": live "
                        + Printable.text(difference.live().toString()) + ", replayed "
                        + Printable.text(difference.replayed().toString()) + lastEvent(difference));
    }

    private void keys(String where, List<String> keys) {
        for (String key : keys) {
            terminal.line(paint.bad(where) + "  " + Printable.text(key));
        }
    }

    private String summary(String model, long sequence, Verdict verdict) {
        String numbers = String.format(
                Locale.ROOT,
                "%,d of %,d rows of %s agree with the replay up to sequence %d.",
                verdict.agreeing(),
                verdict.compared(),
                model,
                sequence);
        return (verdict.isEqual() ? paint.good("equal") : paint.bad("different")) + "  " + numbers;
    }

    private static String lastEvent(Verdict.Divergence difference) {
        String reason = difference.reason() == null ? "" : ": " + difference.reason();
        return difference.lastSequence() == 0 ? reason : " (last event " + difference.lastSequence() + ')' + reason;
    }
}
