package dev.recount.store.jdbc;

import dev.recount.replay.RowDifference;
import dev.recount.replay.RowDifference.Kind;
import dev.recount.replay.Verification;
import dev.recount.sql.SqlReadModel;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** A read model was to be verified in a version that is not the one of the live tables. */
public final class VersionNotLive extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final String model;
    private final int version;
    private final int live;
    private final long checkpoint;

    private VersionNotLive(String message, SqlReadModel model, Optional<ModelRows.Tables> live) {
        super(message);
        this.model = model.name();
        this.version = model.version();
        this.live = live.map(ModelRows.Tables::version).orElse(0);
        this.checkpoint = live.map(ModelRows.Tables::checkpoint).orElse(0L);
    }

    /** With what is to be done about it. */
    public static VersionNotLive of(ModelSession session, SqlReadModel model, ModelLog log) throws SQLException {
        boolean hasBuilds = ModelRows.exist(session);
        Optional<ModelRows.Tables> live = ModelRows.live(session, model.name(), hasBuilds);
        Optional<ModelRows.Tables> build = hasBuilds
                ? ModelRows.build(session, model.name()).filter(found -> found.version() == model.version())
                : Optional.empty();
        String message = build.isPresent()
                ? ofBuild(session, model, build.get(), log)
                : live.map(tables -> otherVersion(model, tables.version(), log)).orElseGet(() -> missing(model, log));
        return new VersionNotLive(message, model, live);
    }

    private static String missing(SqlReadModel model, ModelLog log) {
        return log.title() + " has no read model '" + model.name()
                + "'. Open the log with this read model to have it built, or verify one that the log has.";
    }

    private static String otherVersion(SqlReadModel model, int stored, ModelLog log) {
        return log.title() + " has version " + stored + " of read model '" + model.name() + "', and version "
                + model.version() + " was to be verified. Give version " + stored + ", or open the log with version "
                + model.version() + " to have it built.";
    }

    private static String ofBuild(ModelSession session, SqlReadModel model, ModelRows.Tables build, ModelLog log)
            throws SQLException {
        String version = "Version " + model.version() + " of read model '" + model.name() + "' of " + log.name()
                + " cannot be verified: its build ";
        return build.isStopped()
                ? version + stopped(session, model.name(), build.number())
                        + " Correct that, then have it go on by resume(\"" + model.name() + "\")."
                : version + "goes on, and has events up to " + build.checkpoint() + ". Verify it when it is live.";
    }

    private static String stopped(ModelSession session, String model, long number) throws SQLException {
        String sql =
                "SELECT sequence, cause FROM recount_read_model_failures WHERE model = ? AND number = ? AND tag = ''";
        return session.query(
                sql,
                row -> row.next()
                        ? "stopped, or was refused, at sequence " + row.getLong(1) + ": " + row.getString(2) + "."
                        : "stopped.",
                model,
                number);
    }

    /** The same as the one difference between the live model and its replay. */
    public Verification asDifference() {
        String name = "read model " + model;
        RowDifference difference = live == 0
                ? new RowDifference(name, Kind.MISSING, List.of(), 0)
                : new RowDifference(name, Kind.CHANGED, List.of(new RowDifference.Field("version", live, version)), 0);
        return new Verification(model, checkpoint, 1, 0, 0, List.of(difference));
    }
}
