package dev.recount.codec.jackson;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The values of a {@link JsonObject}: how they are kept, and how they are shown. */
final class JsonValues {

    // The one number that BigDecimal does not have.
    private static final Double NEGATIVE_ZERO = -0.0;

    private JsonValues() {}

    /** A number from its JSON text, with all its digits. */
    static Number number(String text) {
        BigDecimal number = new BigDecimal(text);
        boolean negativeZero = number.signum() == 0 && text.startsWith("-") && text.indexOf('.') > 0;
        return negativeZero ? NEGATIVE_ZERO : number;
    }

    /** A user's value in the form that is kept. */
    static @Nullable Object kept(@Nullable Object value) {
        if (value == null || value instanceof String || value instanceof Boolean || value instanceof JsonObject) {
            return value;
        }
        if (value instanceof BigInteger integer) {
            return new BigDecimal(integer);
        }
        if (value instanceof Number number) {
            return kept(number);
        }
        if (value instanceof Collection<?> several) {
            List<@Nullable Object> list = new ArrayList<>(several.size());
            several.forEach(one -> list.add(kept(one)));
            return Collections.unmodifiableList(list);
        }
        throw new IllegalArgumentException("A value of " + value.getClass().getName() + " has no form in JSON. Give a "
                + "text, a number, a boolean, a JsonObject or a collection of these.");
    }

    private static Number kept(Number number) {
        try {
            return number(number.toString());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(number + " is no number in JSON. Give a finite one.", e);
        }
    }

    /** A kept value in the form that users see. */
    static @Nullable Object shown(@Nullable Object kept) {
        if (kept instanceof List<?> list) {
            List<@Nullable Object> shown = new ArrayList<>(list.size());
            list.forEach(one -> shown.add(shown(one)));
            return Collections.unmodifiableList(shown);
        }
        return NEGATIVE_ZERO.equals(kept) ? BigDecimal.ZERO : kept;
    }
}
