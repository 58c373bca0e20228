package dev.recount.store.jdbc;

import dev.recount.replay.RowDifference;
import dev.recount.replay.Verification;
import dev.recount.sql.SqlReadModel;
import dev.recount.store.EventStoreException;
import java.io.Serial;
import java.sql.SQLException;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares a build with the live tables on a connection that only reads, which sees both as they were at one moment. So writers go
 * on while it compares. What fails leaves the transaction open: a connection that failed is not used again. Not thread-safe: use from one thread at a time.
 */
public final class StagedComparison {

    private static final Logger LOG = LoggerFactory.getLogger(SqlReadModel.class);

    private final ModelSession reader;
    private final KeptModel kept;
    private final ModelLog log;
    private boolean hasBegun;

    /** Nothing is compared yet. */
    public StagedComparison(ModelSession reader, KeptModel kept, ModelLog log) {
        this.reader = reader;
        this.kept = kept;
        this.log = log;
    }

    /**
     * What a comparison has found. Immutable where the values are.
     *
     * @param number the number of the build
     * @param liveVersion the version of the live tables
     */
    public record Found(long number, int liveVersion, Verification verification) {

        /** Asks; gives why the build is refused, and nothing where it is accepted. */
        Optional<String> refusalBy(Consumer<? super Verification> judge) {
            try {
                judge.accept(verification);
                return Optional.empty();
            } catch (EventStoreException theFileIsAtFault) {
                throw theFileIsAtFault;
            } catch (RuntimeException | Error e) {
                LOG.warn("A build of read model {} was refused", verification.model(), e);
                return Optional.of("refused after it was compared with the live tables of version " + liveVersion + ": "
                        + FailureText.of(e));
            }
        }
    }

    /**
     * Sees the file, from now on, as it is after a step that brought the build as far as the live tables; does nothing after
     * any other.
     */
    public void beginAfter(StepResult step) throws SQLException {
        if (step.kind() == StepResult.Kind.TO_COMPARE) {
            reader.beginView();
            // A transaction sees the file as it is when it first reads.
            reader.position();
            hasBegun = true;
        }
    }

    /** The tables, not the file, keep the database from reading them: an expression of a column fails, for example. */
    static final class NotComparable extends RuntimeException {

        @Serial
        private static final long serialVersionUID = 1L;

        NotComparable(SQLException cause) {
            super(
                    "it cannot be compared with the live tables: " + cause.getMessage()
                            + ". Correct the tables or columns of this version, or of the live one.",
                    cause);
        }
    }

    /** Compares both; empty where it did not begin, or where somebody was quicker and they are not at one sequence. */
    public Optional<Found> compare() throws SQLException {
        if (!hasBegun) {
            return Optional.empty();
        }
        Optional<Found> found = compareOrTellWhyNot();
        reader.endView();
        // Their texts have the number of this build, and do not come again.
        reader.forgetStatements();
        return found;
    }

    private Optional<Found> compareOrTellWhyNot() throws SQLException {
        try {
            return compareAtOneMoment();
        } catch (SQLException e) {
            if (log.isStatementError(e)) {
                throw new NotComparable(e);
            }
            throw e;
        }
    }

    private Optional<Found> compareAtOneMoment() throws SQLException {
        Optional<ModelRows.Tables> live = ModelRows.live(reader, kept.name());
        Optional<ModelRows.Tables> build = ModelRows.build(reader, kept.name());
        if (live.isEmpty() || build.isEmpty()) {
            return Optional.empty();
        }
        ModelSession.Position at = reader.position();
        ModelPosition position = new ModelPosition(live.get().checkpoint(), at.head(), at.floor());
        boolean comparable = build.get().version() == kept.version()
                && !build.get().isStopped()
                && !build.get().isCompared()
                && build.get().checkpoint() == position.until();
        return comparable ? Optional.of(compare(live.get(), build.get(), position)) : Optional.empty();
    }

    private Found compare(ModelRows.Tables live, ModelRows.Tables build, ModelPosition position) throws SQLException {
        boolean isOneVersion = live.version() == build.version();
        Findings findings = new ModelComparison(reader, kept.name(), position, isOneVersion)
                .compare(
                        ComparedTables.live(reader, reader.dialect().liveSchema(reader), kept.name()),
                        ComparedTables.built(reader, kept, build.number()));
        return new Found(build.number(), live.version(), verification(findings));
    }

    // Finding the events would need one more replay.
    private Verification verification(Findings found) {
        return new Verification(
                kept.name(),
                found.sequence(),
                found.compared(),
                found.agreeing(),
                0,
                found.kept().stream()
                        .map(difference -> difference.with(RowDifference.NOT_LOOKED_FOR))
                        .toList());
    }
}
