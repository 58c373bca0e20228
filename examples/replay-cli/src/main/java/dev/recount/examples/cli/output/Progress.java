package dev.recount.examples.cli.output;

import java.time.Duration;
import java.util.Locale;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/**
 * How far long work has got, on the error output: a bar where a person watches, a plain line every few seconds elsewhere,
 * nothing where it was asked to be quiet.
 *
 * <p>Not thread-safe: use from one thread at a time.
 */
public final class Progress implements AutoCloseable {

    private static final long NANOS_BETWEEN_LINES = Duration.ofSeconds(2).toNanos();

    private final Terminal terminal;
    private final String task;
    private final boolean lines;
    private final @Nullable ProgressBar bar;
    private long lastLineNanos = System.nanoTime();

    private Progress(Terminal terminal, String task, boolean lines, @Nullable ProgressBar bar) {
        this.terminal = terminal;
        this.task = task;
        this.lines = lines;
        this.bar = bar;
    }

    /**
     * Progress of a task that a person may watch.
     *
     * @param forPrograms whether the answer is for programs: then there is a bar, but no lines
     */
    public static Progress of(Terminal terminal, String task, boolean forPrograms) {
        ProgressBar bar = terminal.errIsTerminal() ? bar(task) : null;
        return new Progress(terminal, task, bar == null && !forPrograms, bar);
    }

    /** Progress that nobody watches. */
    public static Progress silent(Terminal terminal) {
        return new Progress(terminal, "", false, null);
    }

    /** So much of so much is done; the whole may still grow. */
    public void at(long done, long whole) {
        if (bar != null) {
            bar.maxHint(Math.max(done, whole)).stepTo(done);
        } else if (lines && System.nanoTime() - lastLineNanos > NANOS_BETWEEN_LINES) {
            terminal.errorLine(String.format(Locale.ROOT, "%s: %,d of %,d", task, done, whole));
            lastLineNanos = System.nanoTime();
        }
    }

    /** Takes the bar away. */
    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }

    private static ProgressBar bar(String task) {
        return new ProgressBarBuilder()
                .setTaskName(task)
                .setInitialMax(-1)
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(100)
                .clearDisplayOnFinish()
                .setConsumer(new ConsoleProgressBarConsumer(System.err))
                .build();
    }
}
