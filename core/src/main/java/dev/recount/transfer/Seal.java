package dev.recount.transfer;

/**
 * What a log that was moved says of it. Immutable.
 *
 * @param transfer the id of the transfer, which its target knows, too: where a move was broken off, only that target can end it
 * @param movedTo where to, in words for people
 */
public record Seal(String transfer, String movedTo) {}
