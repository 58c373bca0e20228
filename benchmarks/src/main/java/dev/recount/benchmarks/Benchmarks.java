package dev.recount.benchmarks;

import dev.recount.benchmarks.measure.Group;
import dev.recount.benchmarks.measure.Groups;
import dev.recount.benchmarks.measure.Run;
import dev.recount.benchmarks.measure.Scale;
import dev.recount.benchmarks.measure.Scratch;
import dev.recount.benchmarks.report.JsonLine;
import dev.recount.benchmarks.report.Machine;
import dev.recount.benchmarks.report.Measure;
import dev.recount.benchmarks.report.Page;
import dev.recount.benchmarks.report.ScaleFigures;
import dev.recount.benchmarks.report.Table;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Runs the measures that the command line asks for, and prints what they gave. */
public final class Benchmarks {

    private static final int BAD_USAGE = 2;

    private final Arguments arguments;
    private final PrintStream out;
    private final PrintStream err;
    private final Map<Group, List<Measure>> results = new LinkedHashMap<>();

    private Benchmarks(Arguments arguments, PrintStream out, PrintStream err) {
        this.arguments = arguments;
        this.out = out;
        this.err = err;
    }

    /** Ends with 0; with 1 where --strict is given and a target is missed, or it breaks; with 2 for a bad option. */
    public static void main(String... words) throws Exception {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        PrintStream err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
        System.exit(run(List.of(words), out, err));
    }

    static int run(List<String> words, PrintStream out, PrintStream err) throws Exception {
        Arguments arguments;
        try {
            arguments = Arguments.parse(words);
            requireSomeMeasure(arguments);
        } catch (IllegalArgumentException e) {
            err.println("benchmarks: " + e.getMessage());
            return BAD_USAGE;
        }
        if (arguments.help()) {
            out.print(Arguments.USAGE);
            out.println("\nMeasures: " + String.join(", ", Groups.names()));
            return 0;
        }
        return new Benchmarks(arguments, out, err).run(String.join(" ", words));
    }

    private static void requireSomeMeasure(Arguments arguments) {
        if (Groups.names().stream().noneMatch(name -> name.startsWith(arguments.only()))) {
            throw new IllegalArgumentException("No measure's name begins with '" + arguments.only() + "'. There are "
                    + String.join(", ", Groups.names()) + ".");
        }
    }

    private int run(String words) throws Exception {
        Scale scale = arguments.quick() ? Scale.quick() : Scale.full();
        try (Scratch scratch = Scratch.in(arguments.directory())) {
            Run run = new Run(scale, scratch, this::isWanted, this::take, err::println);
            for (Group group : Groups.all()) {
                if (group.measures().stream().anyMatch(run::wants)) {
                    results.put(group, new ArrayList<>());
                    err.println(group.title());
                    group.run(run);
                }
            }
        }
        if (!arguments.json()) {
            Table.plain(measures()).forEach(out::println);
        }
        if (arguments.isWholeRun()) {
            writePage(words);
        }
        return arguments.strict() && !measures().stream().allMatch(Measure::isOk) ? 1 : 0;
    }

    private boolean isWanted(String measure) {
        return measure.startsWith(arguments.only());
    }

    private void take(Group group, Measure measure) {
        results.computeIfAbsent(group, unknown -> new ArrayList<>()).add(measure);
        if (arguments.json()) {
            out.println(JsonLine.of(measure));
        }
    }

    private List<Measure> measures() {
        return results.values().stream().flatMap(List::stream).toList();
    }

    private void writePage(String words) throws Exception {
        Path home = Path.of(System.getProperty("recount.benchmarks.home", "."));
        String commit = System.getProperty("recount.benchmarks.commit", "unknown");
        Page page = Page.of(Machine.facts(commit, ("benchmarks/run " + words).strip()));
        results.forEach((group, measures) -> page.section(group.title(), group.about(), measures));
        Path file = home.resolve("docs").resolve("performance.md");
        page.write(file);
        ScaleFigures.update(file.resolveSibling("scale.md"), file);
        err.println("wrote " + file);
    }
}
