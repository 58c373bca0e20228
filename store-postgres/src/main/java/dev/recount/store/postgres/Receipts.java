package dev.recount.store.postgres;

import dev.recount.store.Append;
import dev.recount.store.Appended;
import dev.recount.store.Receipt;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The stored outcomes by receipt key. */
final class Receipts {

    private Receipts() {}

    static Optional<Receipt> find(Session session, Rig rig, String key) throws SQLException {
        return Optional.ofNullable(find(session, rig, List.of(key)).get(key));
    }

    /** Those of several appends at once. */
    static Map<String, Receipt> ofAll(Session session, Rig rig, Collection<Append> appends) throws SQLException {
        List<String> keys = keys(appends);
        return keys.isEmpty() ? new HashMap<>() : find(session, rig, keys);
    }

    /** The keys that appends have. */
    static List<String> keys(Collection<Append> appends) {
        return appends.stream().flatMap(append -> append.receiptKey().stream()).toList();
    }

    private static Map<String, Receipt> find(Session session, Rig rig, List<String> keys) throws SQLException {
        return session.query(
                "SELECT key, fingerprint, first, last FROM {s}.receipts WHERE rig = ? AND key = ANY (?)",
                Receipts::read,
                rig.key(),
                keys.stream().map(Session::utf8).toArray(byte[][]::new));
    }

    private static Map<String, Receipt> read(ResultSet rows) throws SQLException {
        Map<String, Receipt> found = new HashMap<>();
        while (rows.next()) {
            String key = new String(rows.getBytes(1), StandardCharsets.UTF_8);
            Appended outcome = new Appended(rows.getLong(3), rows.getLong(4), false);
            found.put(key, new Receipt(key, rows.getString(2), outcome));
        }
        return found;
    }
}
