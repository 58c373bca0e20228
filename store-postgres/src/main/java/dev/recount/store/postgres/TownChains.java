package dev.recount.store.postgres;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** The hashes of a town's rigs at many sequences, by one statement. Not thread-safe: made for one look. */
final class TownChains {

    private static final String CHAINS_AT =
            "SELECT q.name, q.sequence, CASE WHEN r.floor = q.sequence THEN r.floor_chain ELSE e.chain END"
                    + " FROM unnest(?::text[], ?::bigint[]) AS q(name, sequence) JOIN {s}.rigs r ON r.name = q.name"
                    + " LEFT JOIN {s}.events e ON e.rig = r.rig AND e.sequence = q.sequence"
                    + " WHERE r.floor = q.sequence OR r.floor < e.sequence";

    private final Session session;
    private final Map<String, Map<Long, String>> chains = new HashMap<>();

    private TownChains(Session session) {
        this.session = session;
    }

    private record Asked(String rig, long sequence) {}

    static Map<String, Map<Long, String>> at(Session session, Map<String, ? extends Collection<Long>> sequences)
            throws SQLException {
        List<Asked> asked = new ArrayList<>();
        sequences.forEach((rig, ofRig) -> {
            if (Rig.isName(rig)) {
                ofRig.forEach(sequence -> asked.add(new Asked(rig, sequence)));
            }
        });
        TownChains found = new TownChains(session);
        found.find(asked);
        return found.chains;
    }

    private void find(List<Asked> asked) throws SQLException {
        if (asked.isEmpty()) {
            return;
        }
        try {
            session.query(
                    CHAINS_AT,
                    this::add,
                    asked.stream().map(Asked::rig).toArray(String[]::new),
                    asked.stream().map(Asked::sequence).toArray(Long[]::new));
        } catch (SQLException e) {
            if (!PostgresErrors.isDamaged(e)) {
                throw e;
            }
            // The damage may be one rig's alone, which then is left out.
            if (asked.size() > 1) {
                find(asked.subList(0, asked.size() / 2));
                find(asked.subList(asked.size() / 2, asked.size()));
            }
        }
    }

    private boolean add(ResultSet row) throws SQLException {
        while (row.next()) {
            chains.computeIfAbsent(row.getString(1), unknown -> new HashMap<>())
                    .put(row.getLong(2), HexFormat.of().formatHex(row.getBytes(3)));
        }
        return true;
    }
}
