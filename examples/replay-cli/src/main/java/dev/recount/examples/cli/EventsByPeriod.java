package dev.recount.examples.cli;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Events by day, or where that is more than a screen, by week, month or year. Periods without events are there, too; where many follow each
 * other, they are one line. Immutable.
 *
 * @param title what it is by
 */
record EventsByPeriod(String title, List<Line> lines) {

    private static final int MAX_LINES = 31;
    private static final int MAX_EMPTY = 3;

    EventsByPeriod {
        lines = List.copyOf(lines);
    }

    /**
     * A period, or several without events. Immutable.
     *
     * @param periods how many it stands for
     */
    record Line(String label, long events, long periods) {

        boolean isGap() {
            return periods > 1;
        }
    }

    private enum Period {
        DAY("day", "days"),
        WEEK("week, from its Monday", "weeks"),
        MONTH("month", "months"),
        YEAR("year", "years");

        private final String title;
        private final String many;

        Period(String title, String many) {
            this.title = title;
            this.many = many;
        }

        LocalDate begin(LocalDate day) {
            return switch (this) {
                case DAY -> day;
                case WEEK -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
                case MONTH -> day.withDayOfMonth(1);
                case YEAR -> day.withDayOfYear(1);
            };
        }

        LocalDate plus(LocalDate begin, long periods) {
            return switch (this) {
                case DAY -> begin.plusDays(periods);
                case WEEK -> begin.plusWeeks(periods);
                case MONTH -> begin.plusMonths(periods);
                case YEAR -> begin.plusYears(periods);
            };
        }

        long between(LocalDate begin, LocalDate end) {
            return switch (this) {
                case DAY -> ChronoUnit.DAYS.between(begin, end);
                case WEEK -> ChronoUnit.WEEKS.between(begin, end);
                case MONTH -> ChronoUnit.MONTHS.between(begin, end);
                case YEAR -> ChronoUnit.YEARS.between(begin, end);
            };
        }

        String label(LocalDate begin) {
            String text = begin.toString();
            return switch (this) {
                case DAY, WEEK -> text;
                case MONTH -> text.substring(0, text.length() - 3);
                case YEAR -> text.substring(0, text.length() - 6);
            };
        }
    }

    /** The shortest periods that fit a screen. */
    static EventsByPeriod of(SortedMap<LocalDate, Long> days) {
        for (Period period : Period.values()) {
            List<Line> lines = lines(days, period);
            if (lines.size() <= MAX_LINES || period == Period.YEAR) {
                return new EventsByPeriod("by " + period.title, lines);
            }
        }
        throw new IllegalStateException("A year is the longest period.");
    }

    private static List<Line> lines(SortedMap<LocalDate, Long> days, Period period) {
        SortedMap<LocalDate, Long> periods = new TreeMap<>();
        days.forEach((day, events) -> periods.merge(period.begin(day), events, Long::sum));
        List<Line> lines = new ArrayList<>();
        LocalDate next = periods.isEmpty() ? LocalDate.EPOCH : periods.firstKey();
        for (var counted : periods.entrySet()) {
            addEmpty(lines, period, next, period.between(next, counted.getKey()));
            lines.add(new Line(period.label(counted.getKey()), counted.getValue(), 1));
            next = period.plus(counted.getKey(), 1);
        }
        return lines;
    }

    private static void addEmpty(List<Line> lines, Period period, LocalDate first, long count) {
        if (count > MAX_EMPTY) {
            lines.add(new Line(count + " " + period.many + " without events", 0, count));
            return;
        }
        for (long i = 0; i < count; i++) {
            lines.add(new Line(period.label(period.plus(first, i)), 0, 1));
        }
    }
}
