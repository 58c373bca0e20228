package dev.recount.store.jdbc;

import dev.recount.internal.log.Deadline;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What each database says in its own way. Thread-safe. */
public interface ModelDialect {

    /** What all names of this library begin with; read models may not use it. */
    String PREFIX = "recount_";

    /** The statements that create the tables which say how far read models are, where they are missing. */
    List<String> bookkeeping();

    /** Whether a foreign key goes on naming a table by its text when that is renamed. */
    boolean keepsReferencedNames();

    /** Refuses a statement of a model that touches tables of the log. */
    void requireNoneOfTheLogs(String sql);

    /** What has the name that a model's statement creates and is not the model's own, such as {@code a view bead}. */
    Optional<String> taken(ModelSession session, String model, SchemaStatement statement) throws SQLException;

    /** The names of all that has an {@code @} in its name. */
    List<String> numberedNames(ModelSession session) throws SQLException;

    /** {@code table}, {@code view}, or another kind of this database; an empty text where nothing has that name. */
    String kindOf(ModelSession session, String name) throws SQLException;

    /** The kinds that can be renamed and dropped as tables. */
    Set<String> tableKinds();

    /** Takes a table's triggers away, which would go on changing others. */
    void dropTriggers(ModelSession session, String table) throws SQLException;

    /** Whether a table can be dropped now; another time, where somebody still reads it. */
    boolean mayDrop(ModelSession session, String table) throws SQLException;

    /** Drops a table, where it is there, with what refers to it by a foreign key. */
    void drop(ModelSession session, String table) throws SQLException;

    /** Makes a table small enough to be dropped at once; false where the time was over before. */
    boolean empty(ModelSession session, String table, Deadline deadline) throws SQLException;

    /** What is left to do in a transaction. */
    interface Rest {
        void run(ModelSession session) throws SQLException;
    }

    /**
     * Makes ready to give tables and views other names; empty where readers hold them for now. What it gives is to be done once the names are
     * given.
     *
     * @throws SwapRefused where something that others made on them cannot follow
     */
    Optional<Rest> beginSwap(ModelSession session, List<String> names) throws SQLException;

    /** The schema of the live tables, as it stands in a statement. */
    String liveSchema(ModelSession session) throws SQLException;

    /** The names of the tables of models in a schema that hold rows. */
    List<String> tables(ModelSession session, String schema) throws SQLException;

    /** A table as it is declared. */
    ModelTable table(ModelSession session, String schema, String name) throws SQLException;

    /** A column in a list of columns that are compared. */
    String compared(String column);

    /** The value of such a column as it is told apart from others, to its last byte. */
    String exact(String column);

    /** Whether two values are not the same to their last byte. */
    String differ(String left, String right);
}
