/** The life of SQL read models: built, compared, put in place, stopped, resumed, taken away; each store brings its own SQL where it differs. */
package dev.recount.store.jdbc;
