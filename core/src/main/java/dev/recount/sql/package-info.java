/** Read models as tables beside the events, in the log's own database: the same on each store that keeps one. */
package dev.recount.sql;
