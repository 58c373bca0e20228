package dev.recount.examples.town.importing;

import java.util.List;

/**
 * What an import did. Immutable.
 *
 * @param read how many rows were read; blank lines are none
 * @param events how many events were newly stored
 * @param entities how many different beads the rows are about
 * @param contradictedTimes how many rows bring a snapshot that is newer than the row itself, so that one of the two clocks was
 *     wrong; their times are kept as they stand
 * @param unresolved the lines that could not be taken
 */
public record ImportReport(long read, long events, long entities, long contradictedTimes, List<Unresolved> unresolved) {

    /** Copies the list. */
    public ImportReport {
        unresolved = List.copyOf(unresolved);
    }
}
