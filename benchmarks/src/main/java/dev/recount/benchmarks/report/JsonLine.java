package dev.recount.benchmarks.report;

import org.jspecify.annotations.Nullable;

/** A measure as one line of JSON. */
public final class JsonLine {

    private final StringBuilder json = new StringBuilder("{");

    private JsonLine() {}

    /** The line, without its end. */
    public static String of(Measure measure) {
        JsonLine line = new JsonLine();
        line.text("name", measure.name());
        line.number("ours", measure.ours());
        line.number("floor", measure.floor());
        line.text("unit", measure.unit());
        line.number("ratio", measure.ratio().median());
        line.text("target", measure.target().toString());
        line.raw("ok", Boolean.toString(measure.isOk()));
        line.range(measure.ratio());
        line.latency("", measure.latency());
        line.latency("floor_", measure.floorLatency());
        line.textUnlessEmpty("durability", measure.durability());
        line.textUnlessEmpty("note", measure.note());
        return line.json.append('}').toString();
    }

    private void range(Spread ratio) {
        if (ratio.rounds() > 0) {
            number("lowest", ratio.lowest());
            number("highest", ratio.highest());
            raw("rounds", Integer.toString(ratio.rounds()));
        }
    }

    private void latency(String prefix, @Nullable Latency latency) {
        if (latency != null) {
            number(prefix + "p50", latency.p50());
            number(prefix + "p99", latency.p99());
            number(prefix + "p999", latency.p999());
        }
    }

    private void textUnlessEmpty(String key, String value) {
        if (!value.isEmpty()) {
            text(key, value);
        }
    }

    private void text(String key, String value) {
        raw(key, '"' + value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"');
    }

    private void number(String key, double value) {
        raw(key, Figure.json(value));
    }

    private void raw(String key, String value) {
        if (json.length() > 1) {
            json.append(',');
        }
        json.append('"').append(key).append("\":").append(value);
    }
}
