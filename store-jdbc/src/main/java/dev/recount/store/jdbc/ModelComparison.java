package dev.recount.store.jdbc;

import dev.recount.replay.RowDifference;
import dev.recount.replay.RowDifference.Kind;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Compares the live tables of a model with those that a replay has given, inside a transaction that sees both. */
public final class ModelComparison {

    private final ModelSession session;
    private final String model;
    private final ModelPosition position;
    private final boolean isOneVersion;
    private final Findings findings;

    /**
     * A comparison at a sequence.
     *
     * @param isOneVersion whether both are to have the same tables and columns; otherwise only what both have is compared
     */
    public ModelComparison(ModelSession session, String model, ModelPosition position, boolean isOneVersion) {
        this.session = session;
        this.model = model;
        this.position = position;
        this.isOneVersion = isOneVersion;
        this.findings = new Findings(position.until());
    }

    public Findings compare(ComparedTables live, ComparedTables replayed) throws SQLException {
        if (position.checkpoint() > position.head()) {
            RowDifference.Field field = new RowDifference.Field("checkpoint", position.checkpoint(), position.head());
            findings.addBeside(FoundDifference.of("read model " + model, Kind.CHANGED, List.of(field)));
        }
        Set<String> all = anyCase(live.names());
        all.addAll(replayed.names());
        for (String table : all) {
            String prefix = all.size() == 1 ? "" : table + ":";
            if (live.names().contains(table) && replayed.names().contains(table)) {
                compareBoth(table, live, replayed, prefix);
            } else if (isOneVersion) {
                Kind kind = live.names().contains(table) ? Kind.EXTRA : Kind.MISSING;
                findings.addBeside(FoundDifference.of("table " + table, kind, List.of()));
            }
        }
        return findings;
    }

    /** Names that are the same whatever the case of their letters, as SQLite sees them. */
    public static Set<String> anyCase(Iterable<String> names) {
        Set<String> anyCase = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        names.forEach(anyCase::add);
        return anyCase;
    }

    private void compareBoth(String name, ComparedTables liveTables, ComparedTables replayedTables, String prefix)
            throws SQLException {
        ModelTable live = liveTables.load(session, name);
        ModelTable replayed = replayedTables.load(session, name);
        List<RowDifference.Field> columns = isOneVersion ? differingColumns(live, replayed) : List.of();
        if (!columns.isEmpty()) {
            findings.addBeside(FoundDifference.of("table " + name, Kind.CHANGED, columns));
        }
        Set<String> common = anyCase(replayed.columnNames());
        common.retainAll(anyCase(live.columnNames()));
        if (!common.isEmpty()) {
            List<String> inOrder =
                    replayed.columnNames().stream().filter(common::contains).toList();
            List<String> key = replayed.key().equals(live.key()) ? replayed.key() : List.of();
            ComparedTable table = new ComparedTable(
                    session.dialect(), name, liveTables.inSql(name), replayedTables.inSql(name), inOrder, key);
            compareRows(identified(table), prefix);
        }
    }

    private static List<RowDifference.Field> differingColumns(ModelTable live, ModelTable replayed) {
        Set<String> names = anyCase(replayed.columnNames());
        names.addAll(live.columnNames());
        List<RowDifference.Field> fields = new ArrayList<>();
        for (String name : names) {
            Optional<String> inLive = live.declaration(name);
            Optional<String> inReplay = replayed.declaration(name);
            if (!inLive.equals(inReplay)) {
                fields.add(new RowDifference.Field(name, inLive.orElse(null), inReplay.orElse(null)));
            }
        }
        return fields;
    }

    private ComparedTable identified(ComparedTable table) throws SQLException {
        boolean identifies = table.isKeyed() && session.number(table.findsKeyWithoutValue()) == 0;
        return identifies ? table : table.withoutKey();
    }

    private void compareRows(ComparedTable table, String prefix) throws SQLException {
        session.query(table.findsDifferences(), rows -> {
            long missing = 0;
            long differing = 0;
            while (rows.next()) {
                FoundDifference found = FoundDifference.read(table, prefix, rows);
                findings.add(found);
                differing += FoundDifference.weight(table, rows);
                missing += found.kind() == Kind.CHANGED ? 0 : 1;
            }
            count(table, session.number(table.countsRows()), missing, differing);
            return true;
        });
    }

    // Every row of a key is there once on each side, or on one only.
    private void count(ComparedTable table, long rows, long onOneSide, long differing) {
        long compared = table.isKeyed() ? (rows + onOneSide) / 2 : (rows + differing) / 2;
        findings.count(compared, compared - differing);
    }
}
