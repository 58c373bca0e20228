package dev.recount.store.sqlite;

import java.sql.PreparedStatement;
import java.sql.SQLException;

/** What a query finds in a window of a log, to be selected part by part. Not thread-safe. */
interface Matches {

    /** The statement, ready to run, that gives what is found in a part of the window, at most as many as the part's limit. */
    PreparedStatement select(EventForm form, Window part) throws SQLException;
}
