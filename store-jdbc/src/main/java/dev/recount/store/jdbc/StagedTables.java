package dev.recount.store.jdbc;

import dev.recount.internal.log.Deadline;
import dev.recount.store.StoreUnavailable;
import java.sql.SQLException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The tables of a version that is built beside the live one. Any number of stores may build the same: each step goes on from what
 * the file says. Not thread-safe: use in transactions that hold the write lock.
 */
final class StagedTables {

    private static final Pattern NUMBERED = Pattern.compile("@(\\d+)$");

    private final KeptModel kept;
    private final ModelLog log;
    private final boolean areCompared;

    /**
     * The tables that are built for a model.
     *
     * @param areCompared whether they are compared with the live ones before they take their place
     */
    StagedTables(KeptModel kept, ModelLog log, boolean areCompared) {
        this.kept = kept;
        this.log = log;
        this.areCompared = areCompared;
    }

    /** Whether the version is not live yet, or is built anew. */
    static boolean isWanted(ModelSession session, KeptModel kept) throws SQLException {
        Optional<ModelRows.Tables> live = ModelRows.live(session, kept.name());
        return live.isEmpty()
                || live.get().version() != kept.version()
                || ModelRows.build(session, kept.name())
                        .filter(build -> build.version() == kept.version())
                        .isPresent();
    }

    /** Whether this version is live, and a build of another one stopped beside it: nobody here will go on with that. */
    static boolean hasAbandoned(ModelSession session, KeptModel kept) throws SQLException {
        return abandoned(session, kept).isPresent();
    }

    private static Optional<ModelRows.Tables> abandoned(ModelSession session, KeptModel kept) throws SQLException {
        boolean isLive = ModelRows.live(session, kept.name())
                .filter(live -> live.version() == kept.version())
                .isPresent();
        return ModelRows.build(session, kept.name())
                .filter(build -> isLive && build.version() != kept.version() && build.isStopped());
    }

    /** Throws such a build away. */
    void giveUpAbandoned(ModelSession writer) throws SQLException {
        Optional<ModelRows.Tables> build = abandoned(writer, kept);
        if (build.isPresent()) {
            ModelRows.giveUp(writer, kept.name(), build.get().number());
        }
    }

    /** Refuses to put this version in the place of a newer one, unless it is being built for that already. */
    void requireNoneNewer(ModelSession session) throws SQLException {
        Optional<ModelRows.Tables> newer =
                ModelRows.live(session, kept.name()).filter(live -> live.version() > kept.version());
        boolean isBuilt = ModelRows.build(session, kept.name())
                .filter(build -> build.version() == kept.version())
                .isPresent();
        if (newer.isPresent() && !isBuilt) {
            throw otherVersion(newer.get().version());
        }
    }

    IllegalStateException otherVersion(int live) {
        return new IllegalStateException("Read model '" + kept.name() + "' of " + log.name() + " has version "
                + live + " by now, and this program has version " + kept.version()
                + ". Nothing was built. Restart with one version everywhere.");
    }

    /** Creates the tables, unless a build of the same version is there to go on with; one of another is thrown away. */
    void begin(ModelSession writer) throws SQLException {
        Optional<ModelRows.Tables> build = ModelRows.build(writer, kept.name());
        if (build.isPresent() && build.get().version() == kept.version()) {
            return;
        }
        if (build.isPresent()) {
            ModelRows.giveUp(writer, kept.name(), build.get().number());
        }
        beginAnew(writer);
    }

    private void beginAnew(ModelSession writer) throws SQLException {
        requireFree(writer);
        long number = nextNumber(writer);
        SqlNames names = SqlNames.numbered(kept.own(), number);
        for (SchemaStatement statement : kept.own().statements()) {
            create(writer, statement, names);
        }
        ModelRows.begin(writer, kept.name(), kept.version(), number);
    }

    private void requireFree(ModelSession writer) throws SQLException {
        for (SchemaStatement statement : kept.own().statements()) {
            Optional<String> taken = writer.dialect().taken(writer, kept.name(), statement);
            if (taken.isPresent()) {
                throw new IllegalArgumentException("Read model '" + kept.name() + "' creates {" + statement.name()
                        + "}, and " + log.name() + " has " + taken.get()
                        + " that is not its own. Give it another name.");
            }
        }
    }

    /** A number that no name of the file ends with. */
    static long nextNumber(ModelSession session) throws SQLException {
        long highest = 0;
        for (String name : session.dialect().numberedNames(session)) {
            Matcher number = NUMBERED.matcher(name);
            highest = number.find() ? Math.max(highest, Long.parseLong(number.group(1))) : highest;
        }
        return highest + 1;
    }

    private void create(ModelSession writer, SchemaStatement statement, SqlNames names) throws SQLException {
        String real = names.create(statement, writer.dialect());
        try {
            writer.run(real);
        } catch (SQLException e) {
            writer.forget(real);
            throw ModelStatements.failed(statement.text().toString(), e, log);
        }
        if (statement.isRead()) {
            ModelRows.register(writer, kept.name(), statement.kind(), names.real(statement.name()));
        }
    }

    /**
     * Takes a page in, and puts the tables in the place of the live ones once they have everything, and may.
     *
     * @param events how many at most
     */
    StepResult step(ModelSession writer, int events, Deadline deadline) throws SQLException {
        Optional<ModelRows.Tables> found = ModelRows.build(writer, kept.name());
        long head = writer.position().head();
        if (found.isEmpty()) {
            return afterBuild(writer, head);
        }
        ModelRows.Tables build = requireSame(found.get());
        if (build.isStopped()) {
            return new StepResult(StepResult.Kind.STOPPED, build.checkpoint(), head);
        }
        OptionalLong toCompare = toCompareAt(writer, build, head);
        long until = toCompare.orElse(head);
        if (build.checkpoint() > until) {
            // It was begun without a comparison. Tables that nobody writes any more would never be as far.
            ModelRows.giveUp(writer, kept.name(), build.number());
            beginAnew(writer);
            return new StepResult(StepResult.Kind.MORE, 0, head);
        }
        long upTo = take(writer, build, new LiveTables.Window(build.checkpoint(), until, events), deadline);
        if (upTo < until) {
            return new StepResult(StepResult.Kind.MORE, upTo, head);
        }
        return toCompare.isPresent()
                ? new StepResult(StepResult.Kind.TO_COMPARE, upTo, head)
                : swap(writer, build.at(upTo), head);
    }

    // Until it was compared, a build goes no further than the live tables: so both can be at one sequence.
    private OptionalLong toCompareAt(ModelSession writer, ModelRows.Tables build, long head) throws SQLException {
        Optional<ModelRows.Tables> live =
                areCompared && !build.isCompared() ? ModelRows.live(writer, kept.name()) : Optional.empty();
        return live.stream()
                .mapToLong(tables -> Math.min(tables.checkpoint(), head))
                .findFirst();
    }

    private long take(ModelSession writer, ModelRows.Tables build, LiveTables.Window window, Deadline deadline)
            throws SQLException {
        if (window.after() >= window.until()) {
            return window.after();
        }
        SqlNames names = SqlNames.numbered(kept.own(), build.number());
        EventTaker taker = EventTaker.of(kept.model(), writer, names, build.number(), log);
        long upTo = LiveTables.take(writer, taker, window, deadline).upTo();
        ModelRows.save(writer, kept.name(), build.number(), upTo);
        return upTo;
    }

    private StepResult swap(ModelSession writer, ModelRows.Tables build, long head) throws SQLException {
        boolean swapped = new Swap(writer, kept).run(build);
        return new StepResult(swapped ? StepResult.Kind.DONE : StepResult.Kind.HELD, build.checkpoint(), head);
    }

    /** Lets a build go on that was compared at a sequence; false where it is another by now, or was refused. */
    boolean accept(ModelSession writer, long number, long sequence) throws SQLException {
        boolean waits = waits(writer, number);
        if (waits) {
            ModelRows.compared(writer, kept.name(), sequence);
        }
        return waits;
    }

    /** Stops such a build; false where it is another by now, or was accepted. */
    boolean refuse(ModelSession writer, long number, long sequence, String cause) throws SQLException {
        boolean waits = waits(writer, number);
        if (waits) {
            ModelFailures.of(writer, kept.model(), number, log.clock()).stop(sequence, cause);
        }
        return waits;
    }

    private boolean waits(ModelSession writer, long number) throws SQLException {
        return ModelRows.build(writer, kept.name())
                .filter(build -> build.number() == number && !build.isCompared() && !build.isStopped())
                .isPresent();
    }

    // Another store has put it in the place of the live tables, or has thrown it away for another version.
    private StepResult afterBuild(ModelSession writer, long head) throws SQLException {
        Optional<ModelRows.Tables> live = ModelRows.live(writer, kept.name());
        boolean done = live.isPresent() && live.get().version() == kept.version();
        long upTo = live.map(ModelRows.Tables::checkpoint).orElse(0L);
        return new StepResult(done ? StepResult.Kind.DONE : StepResult.Kind.OTHER_VERSION, upTo, head);
    }

    private ModelRows.Tables requireSame(ModelRows.Tables build) {
        if (build.version() != kept.version()) {
            throw new StoreUnavailable(
                    "Version " + build.version() + " of read model '" + kept.name() + "' of " + log.name()
                            + " is built by another program, and this one has version " + kept.version()
                            + ". Run one version everywhere.",
                    null);
        }
        return build;
    }
}
