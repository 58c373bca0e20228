package dev.recount.store.jdbc;

import dev.recount.internal.log.TimeText;
import dev.recount.sql.ReadModelStatus;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Reads how far the read models of a file are. */
final class ModelStatuses {

    private final ModelSession session;
    private final List<KeptModel> kept;
    private final boolean hasBuilds;

    private ModelStatuses(ModelSession session, List<KeptModel> kept) throws SQLException {
        this.session = session;
        this.kept = kept;
        this.hasBuilds = ModelRows.exist(session);
    }

    /** All that the file or the store knows, by name, as of one moment. */
    static List<ReadModelStatus> all(ModelSession session, List<KeptModel> kept) throws SQLException {
        session.beginView();
        try {
            return new ModelStatuses(session, kept).all();
        } finally {
            session.endView();
        }
    }

    private List<ReadModelStatus> all() throws SQLException {
        Set<String> names =
                new TreeSet<>(session.hasModels() ? session.texts("SELECT name FROM recount_read_models") : List.of());
        if (hasBuilds) {
            names.addAll(session.texts("SELECT name FROM recount_read_model_builds"));
        }
        kept.forEach(model -> names.add(model.name()));
        long head = session.position().head();
        List<ReadModelStatus> all = new ArrayList<>();
        for (String name : names) {
            all.add(one(name, head));
        }
        return all;
    }

    private ReadModelStatus one(String name, long head) throws SQLException {
        Optional<ModelRows.Tables> live = ModelRows.live(session, name, hasBuilds);
        Optional<ModelRows.Tables> build = hasBuilds ? ModelRows.build(session, name) : Optional.empty();
        long checkpoint = live.map(ModelRows.Tables::checkpoint).orElse(0L);
        return new ReadModelStatus(
                name,
                kept.stream()
                        .filter(model -> model.name().equals(name))
                        .map(KeptModel::mode)
                        .findFirst(),
                live.map(ModelRows.Tables::version).orElse(0),
                checkpoint,
                state(live, build, checkpoint < head),
                build.map(found -> new ReadModelStatus.Build(found.version(), found.checkpoint())),
                hasBuilds ? failures(session, name) : List.of());
    }

    private static ReadModelStatus.State state(
            Optional<ModelRows.Tables> live, Optional<ModelRows.Tables> build, boolean behind) {
        if (live.stream().anyMatch(ModelRows.Tables::isStopped)
                || build.stream().anyMatch(ModelRows.Tables::isStopped)) {
            return ReadModelStatus.State.STOPPED;
        }
        if (build.isPresent() || live.isEmpty()) {
            return ReadModelStatus.State.BUILDING;
        }
        return behind ? ReadModelStatus.State.BEHIND : ReadModelStatus.State.CURRENT;
    }

    private static List<ReadModelStatus.Failure> failures(ModelSession session, String name) throws SQLException {
        String sql = "SELECT sequence, tag, left_out, cause, failed_at, number FROM recount_read_model_failures"
                + " WHERE model = ? ORDER BY tag <> '', sequence, tag, number";
        return session.query(sql, ModelStatuses::failures, name);
    }

    private static List<ReadModelStatus.Failure> failures(ResultSet rows) throws SQLException {
        List<ReadModelStatus.Failure> failures = new ArrayList<>();
        while (rows.next()) {
            failures.add(new ReadModelStatus.Failure(
                    rows.getLong(1),
                    Optional.of(rows.getString(2)).filter(tag -> !tag.isEmpty()),
                    rows.getLong(3),
                    rows.getString(4),
                    TimeText.parseTolerantly(rows.getString(5)),
                    rows.getLong(6) != ModelRows.LIVE));
        }
        return failures;
    }
}
