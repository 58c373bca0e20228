/** One SQLite file for each log. */
package dev.recount.store.sqlite;
