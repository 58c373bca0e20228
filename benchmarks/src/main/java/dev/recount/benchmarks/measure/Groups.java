package dev.recount.benchmarks.measure;

import java.util.List;

/** All groups. */
public final class Groups {

    private static final List<Group> ALL = List.of(
            new AppendMeasures(),
            new CallerMeasures(),
            new ReplayMeasures(),
            new QueryMeasures(),
            new DecisionMeasures(),
            new ModelMeasures(),
            new BuildMeasures(),
            new TownMeasures(),
            new WakeMeasures(),
            new FeedMeasures(),
            new PostgresMeasures(),
            new MemoryMeasures(),
            new CheckMeasures());

    private Groups() {}

    /** In the order in which they run. */
    public static List<Group> all() {
        return ALL;
    }

    /** The names of all measures. */
    public static List<String> names() {
        return ALL.stream().flatMap(group -> group.measures().stream()).toList();
    }
}
