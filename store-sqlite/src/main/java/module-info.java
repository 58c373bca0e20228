/** One SQLite file for each log. */
@org.jspecify.annotations.NullMarked
module dev.recount.store.sqlite {
    requires transitive dev.recount.core;
    requires java.sql;
    requires dev.recount.store.jdbc;
    requires org.slf4j;
    requires org.xerial.sqlitejdbc;
    requires static org.jspecify;

    exports dev.recount.store.sqlite;
}
