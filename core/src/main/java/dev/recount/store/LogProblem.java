package dev.recount.store;

/**
 * Something that a check found. Immutable.
 *
 * @param sequence the event that it concerns; 0 where it concerns none
 * @param kind one word: {@code integrity}, {@code head}, {@code missing}, {@code chain}, {@code time}, {@code undecodable},
 *     {@code tags}, {@code receipt}, {@code readModel}, {@code consumer} or {@code reactor}
 * @param reason what was found
 */
public record LogProblem(long sequence, String kind, String reason) {}
