/** What a store holds of an event: type, tags, JSON text, metadata and times; never a class. */
package dev.recount.event;
