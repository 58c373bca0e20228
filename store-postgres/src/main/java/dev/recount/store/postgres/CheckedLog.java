package dev.recount.store.postgres;

import java.sql.ResultSet;
import java.sql.SQLException;

/** What a rig's row says of it, when a check begins. Immutable. */
@SuppressWarnings("ArrayRecordComponent") // They stay in here.
record CheckedLog(String logId, long head, byte[] headChain, long floor, byte[] floorChain, int format) {

    static CheckedLog load(Session session, Rig rig) throws SQLException {
        return session.query(
                "SELECT log_id, head, head_chain, floor, floor_chain, (SELECT max(number) FROM {s}.migrations)"
                        + " FROM {s}.rigs WHERE rig = ?",
                row -> read(rig.require(row)),
                rig.key());
    }

    private static CheckedLog read(ResultSet row) throws SQLException {
        return new CheckedLog(
                row.getString(1), row.getLong(2), row.getBytes(3), row.getLong(4), row.getBytes(5), row.getInt(6));
    }
}
