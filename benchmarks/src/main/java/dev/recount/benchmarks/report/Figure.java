package dev.recount.benchmarks.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** A figure as text, with as many digits as it deserves. */
final class Figure {

    private static final int DIGITS = 3;

    private Figure() {}

    /** Three digits; all of them before the point; a dash where there is no figure. */
    static String of(double figure) {
        if (!Double.isFinite(figure)) {
            return "-";
        }
        BigDecimal exact = BigDecimal.valueOf(figure);
        BigDecimal rounded = exact.abs().compareTo(BigDecimal.valueOf(100)) >= 0
                ? exact.setScale(0, RoundingMode.HALF_UP)
                : exact.round(new MathContext(DIGITS, RoundingMode.HALF_UP));
        String plain = rounded.toPlainString();
        return plain.contains(".") ? plain.replaceAll("\\.?0+$", "") : plain;
    }

    /** As JSON has it: null where there is no figure. */
    static String json(double figure) {
        if (!Double.isFinite(figure)) {
            return "null";
        }
        return BigDecimal.valueOf(figure).round(new MathContext(DIGITS + 2)).toPlainString();
    }
}
