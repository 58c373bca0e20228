package dev.recount.store.sqlite;

import dev.recount.store.Append;
import dev.recount.store.Appended;
import dev.recount.store.Receipt;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
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
            String fingerprint = append.fingerprint().orElse("");
            save(writer, new Receipt(append.receiptKey().get(), fingerprint, outcome));
        }
    }

    static void save(Session writer, Receipt receipt) throws SQLException {
        writer.run(
                "INSERT INTO recount_receipts (key, fingerprint, first, last) VALUES (?, ?, ?, ?)",
                receipt.key(),
                receipt.fingerprint(),
                receipt.outcome().first(),
                receipt.outcome().last());
    }

    /** The next receipts by their keys, of appends up to a sequence. */
    static List<Receipt> after(Session session, String key, long until, int limit) throws SQLException {
        List<Receipt> receipts = new ArrayList<>();
        String sql = "SELECT key, fingerprint, first, last FROM recount_receipts WHERE key > ? AND last <= ?"
                + " ORDER BY key LIMIT ?";
        try (ResultSet rows = session.prepare(sql, key, until, limit).executeQuery()) {
            while (rows.next()) {
                Appended outcome = new Appended(rows.getLong(3), rows.getLong(4), false);
                receipts.add(new Receipt(rows.getString(1), rows.getString(2), outcome));
            }
        }
        return receipts;
    }

    /** The next receipts by their keys, of appends that found the head at a sequence or further. */
    static List<Receipt> since(Session session, Optional<String> after, long since, int limit) throws SQLException {
        List<Receipt> receipts = new ArrayList<>();
        String sql = "SELECT key, fingerprint, first, last FROM recount_receipts WHERE last >= ?"
                + (after.isPresent() ? " AND key > ?" : "") + " ORDER BY key LIMIT ?";
        Object[] arguments = after.isPresent() ? new Object[] {since, after.get(), limit} : new Object[] {since, limit};
        try (ResultSet rows = session.prepare(sql, arguments).executeQuery()) {
            while (rows.next()) {
                Appended outcome = new Appended(rows.getLong(3), rows.getLong(4), false);
                receipts.add(new Receipt(rows.getString(1), rows.getString(2), outcome));
            }
        }
        return receipts;
    }
}
