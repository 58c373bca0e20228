/** What the stores that keep SQL read models over JDBC share. It promises nothing to anybody else. */
@org.jspecify.annotations.NullMarked
module dev.recount.store.jdbc {
    requires transitive dev.recount.core;
    requires transitive java.sql;
    requires org.slf4j;
    requires static org.jspecify;

    exports dev.recount.store.jdbc to
            dev.recount.store.postgres,
            dev.recount.store.sqlite;
}
