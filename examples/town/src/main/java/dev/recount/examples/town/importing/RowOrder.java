package dev.recount.examples.town.importing;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;

/**
 * Gives the rows of a file in the order of their numbers, where all of them have one; else in the order of the file.
 *
 * <p>A file in order, which is the rule, is streamed. One that is not is held in memory to be sorted.
 */
final class RowOrder {

    private boolean allNumbered = true;
    private boolean ascending = true;
    private long highest = Long.MIN_VALUE;

    private RowOrder() {}

    private record Row(long order, long number, String line) {}

    static void each(Path file, Lines.Taker taker) {
        RowOrder order = new RowOrder();
        Lines.each(file, (number, line) -> order.look(line));
        if (order.ascending || !order.allNumbered) {
            Lines.each(file, taker);
            return;
        }
        List<Row> rows = new ArrayList<>();
        Lines.each(file, (number, line) -> rows.add(new Row(order(line).orElse(Long.MIN_VALUE), number, line)));
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
        ascending &= number.orElse(highest) >= highest;
        highest = Math.max(highest, number.orElse(highest));
    }

    private static OptionalLong order(String line) {
        JsonNode row = Json.objectOrNull(line);
        if (row == null) {
            return OptionalLong.empty();
        }
        JsonNode id = row.has("seq") ? row.path("seq") : row.path("id");
        return id.isIntegralNumber() && id.canConvertToLong() ? OptionalLong.of(id.longValue()) : OptionalLong.empty();
    }
}
