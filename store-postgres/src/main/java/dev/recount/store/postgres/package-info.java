/** Many rigs in one PostgreSQL database: begin at {@link dev.recount.store.postgres.PostgresEventStore}. */
package dev.recount.store.postgres;
