package dev.recount.store.postgres;

import dev.recount.subscription.Checkpoint;
import dev.recount.town.TownCursor;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** The hashes of a town's rigs at a cursor, by one statement. Not thread-safe: made for one look. */
final class TownChains {

    private static final String CHAINS_AT =
            "SELECT q.name, CASE WHEN r.floor = q.sequence THEN r.floor_chain ELSE e.chain END"
                    + " FROM unnest(?::text[], ?::bigint[]) AS q(name, sequence) JOIN {s}.rigs r ON r.name = q.name"
                    + " LEFT JOIN {s}.events e ON e.rig = r.rig AND e.sequence = q.sequence"
                    + " WHERE r.floor = q.sequence OR r.floor < e.sequence";

    private final Session session;
    private final Map<String, String> chains = new HashMap<>();

    private TownChains(Session session) {
        this.session = session;
    }

    static Map<String, String> at(Session session, TownCursor cursor) throws SQLException {
        TownChains found = new TownChains(session);
        List<Map.Entry<String, Checkpoint>> rigs = cursor.rigs().entrySet().stream()
                .filter(rig -> Rig.isName(rig.getKey()))
                .toList();
        found.find(rigs);
        return found.chains;
    }

    private void find(List<Map.Entry<String, Checkpoint>> rigs) throws SQLException {
        if (rigs.isEmpty()) {
            return;
        }
        try {
            session.query(
                    CHAINS_AT,
                    this::add,
                    rigs.stream().map(Map.Entry::getKey).toArray(String[]::new),
                    rigs.stream().map(rig -> rig.getValue().sequence()).toArray(Long[]::new));
        } catch (SQLException e) {
            if (!PostgresErrors.isDamaged(e)) {
                throw e;
            }
            // The damage may be one rig's alone, which then is left out.
            if (rigs.size() > 1) {
                find(rigs.subList(0, rigs.size() / 2));
                find(rigs.subList(rigs.size() / 2, rigs.size()));
            }
        }
    }

    private boolean add(ResultSet row) throws SQLException {
        while (row.next()) {
            chains.put(row.getString(1), HexFormat.of().formatHex(row.getBytes(2)));
        }
        return true;
    }
}
