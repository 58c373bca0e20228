package dev.recount.store.sqlite;

import dev.recount.replay.RowDifference;
import dev.recount.replay.Verification;
import dev.recount.sql.SqlReadModel;
import dev.recount.store.Page;
import dev.recount.store.Query;
import dev.recount.store.StoreUnavailable;
import dev.recount.store.jdbc.ComparedTables;
import dev.recount.store.jdbc.Findings;
import dev.recount.store.jdbc.ModelComparison;
import dev.recount.store.jdbc.ModelPosition;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;

/**
 * Builds a read model once more in a shadow and compares both at one sequence, while appends go on.
 *
 * <p>The long part reads the log in pages and holds nothing of it. Only the rest, and the comparison, see the log as it is at
 * one moment; they begin when little is left, so that SQLite's write-ahead log does not grow for long.
 */
final class ModelVerifier {

    private static final int MAX_TRIES = 5;
    private static final int MAX_ROUNDS = 20;
    private static final int PAGE = 1_000;

    private final LogReader log;
    private final Path file;
    private final String logId;
    private final SqlReadModel model;

    ModelVerifier(LogReader log, Path file, String logId, SqlReadModel model) {
        this.log = log;
        this.file = file;
        this.logId = logId;
        this.model = model;
    }

    Verification verify() {
        try {
            for (int tries = 1; tries <= MAX_TRIES; tries++) {
                Optional<Verification> verification = tryToVerify();
                if (verification.isPresent()) {
                    return verification.get();
                }
            }
        } catch (SQLException e) {
            throw failed(e);
        }
        throw new StoreUnavailable(
                "Read model '" + model.name() + "' of log " + file + " was built anew " + MAX_TRIES
                        + " times while it was to be verified. Verify it when nobody builds it.",
                null);
    }

    private Optional<Verification> tryToVerify() throws SQLException {
        ModelPosition start = position();
        Optional<Findings> found;
        try (Shadow shadow = shadow(start)) {
            foldUp(shadow, start);
            found = log.read(
                    reader -> shadow.besideLog(file, log.parameters(), () -> compareAtOneMoment(shadow, start)));
        }
        return found.isEmpty() ? Optional.empty() : Optional.of(verification(found.get(), start));
    }

    private Shadow shadow(ModelPosition start) throws SQLException {
        String encoding = log.read(reader -> reader.text("PRAGMA encoding")).orElseThrow();
        return Shadow.create(model, file, encoding, start.start());
    }

    private ModelFile log() {
        return new ModelFile(file, Clock.systemUTC());
    }

    private ModelPosition position() {
        return log.read(reader -> ModelPosition.of(reader, model, log()));
    }

    // Never beyond the checkpoint that the live model had a moment ago, which goes back only where it is built anew.
    private void foldUp(Shadow shadow, ModelPosition start) throws SQLException {
        ModelPosition seen = start;
        int rounds = 0;
        do {
            fold(shadow, start, seen.until());
            seen = position();
            rounds++;
        } while (seen.until() - shadow.sequence() > PAGE && rounds < MAX_ROUNDS);
    }

    private void fold(Shadow shadow, ModelPosition start, long until) throws SQLException {
        while (shadow.sequence() < until) {
            requireUninterrupted(shadow);
            shadow.take(log.read(reader -> page(reader, shadow, start, until)));
        }
    }

    private Page page(Session reader, Shadow shadow, ModelPosition start, long until) throws SQLException {
        Page page = PageReader.read(reader, Query.all(), new Window(shadow.sequence(), until, PAGE, false));
        requireFloor(start, LogRow.position(reader).floor());
        return page;
    }

    private Optional<Findings> compareAtOneMoment(Shadow shadow, ModelPosition start) throws SQLException {
        // The shadow has no tables of such names, so these are the log's.
        Session session = shadow.session();
        Opening.requireSame(logId, LogRow.load(session, file).logId(), file);
        ModelPosition now = ModelPosition.of(session, model, log());
        if (now.until() < shadow.sequence()) {
            return Optional.empty();
        }
        while (shadow.sequence() < now.until()) {
            shadow.takeInside(page(session, shadow, start, now.until()));
        }
        requireFloor(start, now.floor());
        ComparedTables live = ComparedTables.live(session, Shadow.LIVE, model.name());
        return Optional.of(new ModelComparison(session, model.name(), now, true)
                .compare(live, ComparedTables.ofShadow(session, SqliteDialect.MAIN)));
    }

    private Verification verification(Findings found, ModelPosition start) throws SQLException {
        return new Verification(
                model.name(), found.sequence(), found.compared(), found.agreeing(), 0, named(found, start));
    }

    // Only where something differs, a second replay finds the events that did it.
    private List<RowDifference> named(Findings found, ModelPosition start) throws SQLException {
        List<RowDifference> differences = new ArrayList<>();
        if (!found.kept().isEmpty()) {
            try (Shadow shadow = shadow(start)) {
                TouchNotes notes = TouchNotes.in(shadow, found.kept());
                fold(shadow, start, found.sequence());
                for (int i = 0; i < found.kept().size(); i++) {
                    differences.add(found.kept().get(i).with(notes.lastSequence(i)));
                }
            }
        }
        return differences;
    }

    // Events that were removed meanwhile would be missed in silence.
    private void requireFloor(ModelPosition start, long floor) {
        if (floor != start.floor()) {
            throw new StoreUnavailable(
                    "Events up to sequence " + floor + " of log " + file + " were removed while read model '"
                            + model.name() + "' was being verified. Verify it again.",
                    null);
        }
    }

    private void requireUninterrupted(Shadow shadow) {
        if (Thread.currentThread().isInterrupted()) {
            throw new CancellationException("The verification of read model '" + model.name()
                    + "' was stopped at sequence " + shadow.sequence() + ".");
        }
    }

    private RuntimeException failed(SQLException e) {
        if (SqliteErrors.isStatementError(e)) {
            return new IllegalStateException(
                    "Read model '" + model.name() + "' of log " + file + " cannot be compared: " + e.getMessage()
                            + ". Correct its tables or columns.",
                    e);
        }
        return new StoreUnavailable(
                "Read model '" + model.name() + "' of log " + file + " could not be built beside the log: "
                        + e.getMessage()
                        + ". See that the folder for temporary files can be written and has room, then verify again.",
                e);
    }
}
