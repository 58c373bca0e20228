package dev.recount.benchmarks.measure;

import dev.recount.benchmarks.report.Measure;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** One run: how much is measured, which of it is wanted, where files go, and who takes the figures. */
public final class Run {

    private final Scale scale;
    private final Scratch scratch;
    private final Predicate<String> wanted;
    private final BiConsumer<Group, Measure> results;
    private final Consumer<String> progress;
    private final LongLogs logs;

    /** A run of those measures whose names are wanted. */
    public Run(
            Scale scale,
            Scratch scratch,
            Predicate<String> wanted,
            BiConsumer<Group, Measure> results,
            Consumer<String> progress) {
        this.scale = scale;
        this.scratch = scratch;
        this.wanted = wanted;
        this.results = results;
        this.progress = progress;
        this.logs = new LongLogs(scale, scratch, progress);
    }

    /** Whether a measure is wanted. */
    public boolean wants(String measure) {
        return wanted.test(measure);
    }

    Scale scale() {
        return scale;
    }

    Scratch scratch() {
        return scratch;
    }

    /** The long log, made when it is first asked for. */
    LongLogs logs() {
        return logs;
    }

    /** Takes a figure, where it is wanted. */
    void report(Group group, Measure measure) {
        if (wants(measure.name())) {
            progress.accept("  " + measure.name());
            results.accept(group, measure);
        }
    }
}
