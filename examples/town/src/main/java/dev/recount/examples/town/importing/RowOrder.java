package dev.recount.examples.town.importing;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * Gives the rows of a file in the order of their numbers, where they have any; else in the order of the file.
 *
 * <p>A file in order, which is the rule, is streamed. One that is not is held in memory to be sorted; of that, a row without
 * a number has no place and is not given.
 */
final class RowOrder {

    private static final Pattern NUMBERED = Pattern.compile("\\w+ -?\\d{1,18}");

    private final Path file;
    private boolean allNumbered = true;
    private boolean anyNumbered;
    private boolean ascending = true;
    private long highest = Long.MIN_VALUE;

    private RowOrder(Path file) {
        this.file = file;
    }

    private record Row(long order, long number, String line) {}

    /** Looks at all rows of a file. */
    static RowOrder of(Path file) {
        RowOrder order = new RowOrder(file);
        Lines.each(file, (number, line) -> order.look(line));
        return order;
    }

    /** Whether the number of a row tells its place; else its line does. */
    boolean isByNumber() {
        return anyNumbered && (allNumbered || !ascending);
    }

    /** Whether a row is known by its number. */
    static boolean isNumbered(String source) {
        return NUMBERED.matcher(source).matches();
    }

    /** The number of a row that is known by one; behind all others where it is not. */
    static long place(String source) {
        return isNumbered(source) ? Long.parseLong(source.substring(source.indexOf(' ') + 1)) : Long.MAX_VALUE;
    }

    /** Gives the rows to one taker, and to the other those that have no place among them. */
    void each(Lines.Taker taker, Lines.Taker misfits) {
        if (ascending || !anyNumbered) {
            Lines.each(file, taker);
            return;
        }
        List<Row> rows = new ArrayList<>();
        Lines.each(file, (number, line) -> {
            OptionalLong order = order(line);
            if (order.isEmpty() && Json.objectOrNull(line) != null) {
                misfits.take(number, line);
            } else {
                rows.add(new Row(order.orElse(Long.MIN_VALUE), number, line));
            }
        });
        rows.sort(Comparator.comparingLong(Row::order));
        rows.forEach(row -> taker.take(row.number(), row.line()));
    }

    // Lines that are no rows at all have no say; they are reported wherever they stand.
    private void look(String line) {
        if (Json.objectOrNull(line) == null) {
            return;
        }
        OptionalLong number = order(line);
        allNumbered &= number.isPresent();
        anyNumbered |= number.isPresent();
        ascending &= number.orElse(highest) >= highest;
        highest = Math.max(highest, number.orElse(highest));
    }

    private static OptionalLong order(String line) {
        JsonNode row = Json.objectOrNull(line);
        if (row == null) {
            return OptionalLong.empty();
        }
        JsonNode id = row.has("seq") && row.has("bead_id") ? row.path("seq") : row.path("id");
        return id.isIntegralNumber() && id.canConvertToLong() ? OptionalLong.of(id.longValue()) : OptionalLong.empty();
    }
}
