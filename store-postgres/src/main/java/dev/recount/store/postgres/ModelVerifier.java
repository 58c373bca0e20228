package dev.recount.store.postgres;

import dev.recount.replay.RowDifference;
import dev.recount.replay.Verification;
import dev.recount.sql.SqlReadModel;
import dev.recount.store.Page;
import dev.recount.store.StoreUnavailable;
import dev.recount.store.jdbc.ComparedTables;
import dev.recount.store.jdbc.Findings;
import dev.recount.store.jdbc.ModelComparison;
import dev.recount.store.jdbc.ModelPosition;
import dev.recount.store.jdbc.ModelReplay;
import dev.recount.store.jdbc.ModelStatements;
import dev.recount.store.jdbc.OwnNames;
import dev.recount.store.jdbc.SchemaStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;

/**
 * Builds a read model once more in temporary tables and compares both, in one transaction that sees the database as it was when it
 * began and is taken back. Appends and models go on meanwhile; what is dead meanwhile the server tidies up afterwards.
 */
final class ModelVerifier {

    private static final int MAX_TRIES = 5;
    private static final int PAGE = 1_000;

    private final Database database;
    private final Rig rig;
    private final ModelDatabase models;
    private final RigModels log;
    private final SqlReadModel model;

    ModelVerifier(Database database, Rig rig, ModelDatabase models, RigModels log, SqlReadModel model) {
        this.database = database;
        this.rig = rig;
        this.models = models;
        this.log = log;
        this.model = model;
    }

    Verification verify() {
        for (int tries = 1; tries <= MAX_TRIES; tries++) {
            Optional<Verification> verification = database.read(rig.toString(), this::tryToVerify);
            if (verification.isPresent()) {
                return verification.get();
            }
        }
        throw new StoreUnavailable(
                "Read model '" + model.name() + "' of " + log.name() + " was built anew " + MAX_TRIES
                        + " times while it was to be verified. Verify it when nobody builds it.",
                null);
    }

    private Optional<Verification> tryToVerify(Session session) throws SQLException {
        session.connection().setAutoCommit(false);
        try {
            session.runAll("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ");
            return compare(ModelConnection.in(session, rig, models));
        } catch (SQLException e) {
            if (log.isStatementError(e)) {
                throw notComparable(e);
            }
            throw e;
        } finally {
            session.connection().rollback();
        }
    }

    private IllegalStateException notComparable(SQLException e) {
        return new IllegalStateException(
                "Read model '" + model.name() + "' of " + log.name() + " cannot be compared: " + e.getMessage()
                        + ". Correct its tables or columns.",
                e);
    }

    private Optional<Verification> compare(ModelConnection session) throws SQLException {
        ModelPosition position = ModelPosition.of(session, model, log);
        String tables = identities(session);
        replay(session, position, Optional.empty());
        Findings found = new ModelComparison(session, model.name(), position, true)
                .compare(
                        ComparedTables.live(session, models.schema(), model.name()),
                        ComparedTables.ofShadow(session, ModelDatabase.TEMPORARY));
        // What was put in their place meanwhile has rows that this transaction does not see.
        return tables.equals(identities(session))
                ? Optional.of(verification(session, found, position))
                : Optional.empty();
    }

    private String identities(ModelConnection session) throws SQLException {
        String sql = "SELECT string_agg(to_regclass('" + models.schema()
                + ".' || quote_ident(name))::oid::text, ' ' ORDER BY name)"
                + " FROM recount_read_model_tables WHERE model = ? AND kind = 'table' AND name NOT LIKE '%@%'";
        return String.join("", session.texts(sql, model.name()));
    }

    private void replay(ModelConnection session, ModelPosition position, Optional<TouchNotes> notes)
            throws SQLException {
        session.run("SAVEPOINT recount_replay");
        session.run(ModelDatabase.temporaryFailures());
        for (SchemaStatement statement : OwnNames.of(model).statements()) {
            create(session, statement);
        }
        ModelReplay replay = new ModelReplay(model, session, log);
        if (notes.isPresent()) {
            notes.get().prepare();
            replay.tell(notes.get()::begin);
        }
        long sequence = position.start();
        while (sequence < position.until()) {
            requireUninterrupted(sequence);
            Page page = session.page(sequence, position.until(), PAGE);
            replay.take(page);
            sequence = page.upTo();
        }
    }

    // Temporary tables are found before all others of the same name.
    private void create(ModelConnection session, SchemaStatement statement) throws SQLException {
        String sql = statement.text().with(name -> {
            String quoted = OwnNames.quoted(name);
            boolean isMade = statement.isRead() && name.equals(statement.name());
            return isMade ? ModelDatabase.TEMPORARY + "." + quoted : quoted;
        });
        try {
            session.run(sql);
        } catch (SQLException e) {
            if (log.isStatementError(e)) {
                throw ModelStatements.failed(statement.text().toString(), e, log);
            }
            throw e;
        }
    }

    private Verification verification(ModelConnection session, Findings found, ModelPosition position)
            throws SQLException {
        return new Verification(
                model.name(), found.sequence(), found.compared(), found.agreeing(), 0, named(session, found, position));
    }

    // Only where something differs, a second replay finds the events that did it.
    private List<RowDifference> named(ModelConnection session, Findings found, ModelPosition position)
            throws SQLException {
        List<RowDifference> differences = new ArrayList<>();
        if (!found.kept().isEmpty()) {
            session.run("ROLLBACK TO SAVEPOINT recount_replay");
            TouchNotes notes = new TouchNotes(session, found.kept());
            replay(session, position, Optional.of(notes));
            for (int i = 0; i < found.kept().size(); i++) {
                differences.add(found.kept().get(i).with(notes.lastSequence(i)));
            }
        }
        return differences;
    }

    private void requireUninterrupted(long sequence) {
        if (Thread.currentThread().isInterrupted()) {
            throw new CancellationException(
                    "The verification of read model '" + model.name() + "' was stopped at sequence " + sequence + ".");
        }
    }
}
