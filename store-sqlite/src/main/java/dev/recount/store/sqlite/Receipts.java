package dev.recount.store.sqlite;

import dev.recount.store.Append;
import dev.recount.store.Appended;
import dev.recount.store.Receipt;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/** The stored outcomes by receipt key. */
final class Receipts {

    private Receipts() {}

    static Optional<Receipt> find(Session session, String key) throws SQLException {
        String sql = "SELECT fingerprint, first, last FROM recount_receipts WHERE key = ?";
        try (ResultSet row = session.prepare(sql, key).executeQuery()) {
            if (!row.next()) {
                return Optional.empty();
            }
            Appended outcome = new Appended(row.getLong(2), row.getLong(3), false);
            return Optional.of(new Receipt(key, row.getString(1), outcome));
        }
    }

    static void save(Session writer, Append append, Appended outcome) throws SQLException {
        if (append.receiptKey().isPresent()) {
            writer.run(
                    "INSERT INTO recount_receipts (key, fingerprint, first, last) VALUES (?, ?, ?, ?)",
                    append.receiptKey().get(),
                    append.fingerprint().orElse(""),
                    outcome.first(),
                    outcome.last());
        }
    }
}
