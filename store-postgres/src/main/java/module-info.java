/** Many rigs in one PostgreSQL database, or spread over several. */
@org.jspecify.annotations.NullMarked
module dev.recount.store.postgres {
    requires transitive dev.recount.core;
    requires transitive java.sql;
    requires dev.recount.store.jdbc;
    requires org.postgresql.jdbc;
    requires org.slf4j;
    requires static org.checkerframework.checker.qual;
    requires static org.jspecify;

    exports dev.recount.store.postgres;
}
