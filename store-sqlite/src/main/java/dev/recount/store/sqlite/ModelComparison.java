package dev.recount.store.sqlite;

import dev.recount.replay.RowDifference;
import dev.recount.replay.RowDifference.Kind;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Compares the tables of a shadow with the live ones, inside a transaction of the shadow with the log attached. */
final class ModelComparison {

    private final Session session;
    private final String model;
    private final ModelPosition position;
    private final Findings findings;

    ModelComparison(Session session, String model, ModelPosition position) {
        this.session = session;
        this.model = model;
        this.position = position;
        this.findings = new Findings(position.until());
    }

    Findings compare() throws SQLException {
        if (position.checkpoint() > position.head()) {
            RowDifference.Field field = new RowDifference.Field("checkpoint", position.checkpoint(), position.head());
            findings.addBeside(FoundDifference.of("read model " + model, Kind.CHANGED, List.of(field)));
        }
        Set<String> live = liveTables();
        Set<String> replayed = names(ModelTable.names(session, "main"));
        Set<String> all = names(live);
        all.addAll(replayed);
        for (String table : all) {
            compare(table, live.contains(table), replayed.contains(table), all.size() == 1 ? "" : table + ":");
        }
        return findings;
    }

    private Set<String> liveTables() throws SQLException {
        // A name with an @ is one of a build beside the live tables.
        String sql = "SELECT name FROM recount_read_model_tables WHERE model = ? AND instr(name, '@') = 0";
        Set<String> own = names(session.texts(sql, model));
        own.retainAll(names(ModelTable.names(session, Shadow.LIVE)));
        return own;
    }

    private static Set<String> names(Iterable<String> names) {
        Set<String> anyCase = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        names.forEach(anyCase::add);
        return anyCase;
    }

    private void compare(String table, boolean isLive, boolean isReplayed, String prefix) throws SQLException {
        if (isLive && isReplayed) {
            compareBoth(table, prefix);
        } else {
            Kind kind = isLive ? Kind.EXTRA : Kind.MISSING;
            findings.addBeside(FoundDifference.of("table " + table, kind, List.of()));
        }
    }

    private void compareBoth(String name, String prefix) throws SQLException {
        ModelTable live = ModelTable.load(session, Shadow.LIVE, name);
        ModelTable replayed = ModelTable.load(session, "main", name);
        List<RowDifference.Field> columns = differingColumns(live, replayed);
        if (!columns.isEmpty()) {
            findings.addBeside(FoundDifference.of("table " + name, Kind.CHANGED, columns));
        }
        Set<String> common = names(replayed.columnNames());
        common.retainAll(names(live.columnNames()));
        if (!common.isEmpty()) {
            List<String> inOrder =
                    replayed.columnNames().stream().filter(common::contains).toList();
            List<String> key = replayed.key().equals(live.key()) ? replayed.key() : List.of();
            compareRows(identified(new ComparedTable(name, inOrder, key)), prefix);
        }
    }

    private static List<RowDifference.Field> differingColumns(ModelTable live, ModelTable replayed) {
        Set<String> names = names(replayed.columnNames());
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
        long missing = 0;
        long differing = 0;
        try (ResultSet rows = session.prepare(table.findsDifferences()).executeQuery()) {
            while (rows.next()) {
                FoundDifference found = FoundDifference.read(table, prefix, rows);
                findings.add(found);
                differing += FoundDifference.weight(table, rows);
                missing += found.kind() == Kind.CHANGED ? 0 : 1;
            }
        }
        count(table, session.number(table.countsRows()), missing, differing);
    }

    // Every row of a key is there once on each side, or on one only.
    private void count(ComparedTable table, long rows, long onOneSide, long differing) {
        long compared = table.isKeyed() ? (rows + onOneSide) / 2 : (rows + differing) / 2;
        findings.count(compared, compared - differing);
    }
}
