package dev.recount.benchmarks.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The page of the docs that shows the result. Not thread-safe: use from one thread at a time. */
public final class Page {

    private static final String OPENING = """
            # Performance

            This page was written by `benchmarks/run`. Do not edit it; run the command again.

            Every figure of this library stands beside its floor: the same work as a good engineer would write it by hand,
            in plain JDBC, plain Jackson and plain collections. Both ran in turn in one process, after a warm-up. *Ratio*
            is ours by the floor, the median over the rounds, and *range* the lowest and the highest of them. For costs
            (`us`) less is better, for speeds (`/s`) more. Read the ratios: the figures themselves are those of one
            machine. A dash in a column means that there is nothing to show.

            *Sync* is the durability mode of both: with `full` every commit waits for the disk, with `normal` it does not.
            """;

    private final List<String> lines = new ArrayList<>();

    private Page() {}

    /** A page that begins with these facts. */
    public static Page of(List<String> facts) {
        Page page = new Page();
        page.lines.addAll(OPENING.lines().toList());
        page.lines.add("");
        facts.forEach(fact -> page.lines.add("- " + fact));
        return page;
    }

    /** With one more section. */
    public void section(String title, String about, List<Measure> measures) {
        lines.add("");
        lines.add("## " + title);
        lines.add("");
        lines.addAll(about.strip().lines().toList());
        lines.add("");
        lines.addAll(Table.markdown(measures));
    }

    /** Writes it. */
    public void write(Path file) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(file, text());
    }

    String text() {
        return String.join("\n", lines) + "\n";
    }
}
