/**
 * How stores that keep events as rows do so: the texts of an event, the hashes that link them, and appends that are committed together. Exported
 * to such stores alone.
 */
package dev.recount.internal.log;
