package dev.recount.store.postgres;

import dev.recount.event.StoredEvent;
import dev.recount.store.Append;
import dev.recount.store.AppendCondition;
import dev.recount.store.Receipt;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The log before a group of appends, and what writes them. */
interface AppendLog {

    /** Where it goes on. */
    LogHead head();

    /** The receipts that these appends would repeat, by key. The map is the caller's. */
    Map<String, Receipt> receipts(List<Append> appends) throws SQLException;

    /** The newest events, where the conditions of these appends need them. */
    Recent recent(List<Append> appends) throws SQLException;

    /** The first event up to the head that a condition excludes. */
    Optional<StoredEvent> first(AppendCondition condition) throws SQLException;

    /** Whether rows can be written in more than one go. */
    boolean takesParts();

    /** Writes rows, and up to where the log has come with them. */
    void write(PendingRows rows, LogHead next) throws SQLException;

    /** Whether something is made of the events besides. */
    boolean hasReadModels();

    /** All is written: these events. */
    void finish(List<StoredEvent> stored) throws SQLException;
}
