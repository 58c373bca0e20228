package dev.recount.store.postgres;

import java.sql.SQLException;
import java.util.Optional;

/**
 * Finds out how a transaction ended whose connection broke while it was committed. Immutable.
 *
 * <p>The server is asked by the transaction's own id. Where it was restored or another one took over, that id may mean another
 * transaction; so the hash at the head, which covers all that was written, has to be there as well. A replica cannot tell: what it has not seen yet may be
 * committed all the same.
 */
record CommitProof(Rig rig, String transaction, long head, String chain) {

    // A server that lost its newest transactions in a crash has not come as far as that id: "is in the future".
    private static final String NOT_YET = "22023";

    /** Whether it was committed; empty while nobody can tell. */
    Optional<Boolean> ask(Session session) throws SQLException {
        return switch (status(session)) {
            case "committed" ->
                Optional.of(rig.chainAt(session, head).filter(chain::equals).isPresent());
            case "aborted" -> Optional.of(false);
            default -> Optional.empty();
        };
    }

    private String status(Session session) throws SQLException {
        try {
            return session.query(
                    "SELECT CASE WHEN pg_is_in_recovery() THEN 'unknown'"
                            + " ELSE coalesce(pg_xact_status(?::xid8), 'unknown') END",
                    row -> row.next() ? row.getString(1) : "unknown",
                    transaction);
        } catch (SQLException e) {
            if (NOT_YET.equals(PostgresErrors.state(e))) {
                return "aborted";
            }
            throw e;
        }
    }
}
