/** The event store port: bounded pages in, whole appends out, one consistency mechanism. */
package dev.recount.store;
