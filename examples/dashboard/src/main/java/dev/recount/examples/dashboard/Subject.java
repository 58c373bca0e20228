package dev.recount.examples.dashboard;

/**
 * What an event is about. Immutable.
 *
 * @param collection the collection of its board
 * @param id its id
 */
public record Subject(String collection, String id) {}
