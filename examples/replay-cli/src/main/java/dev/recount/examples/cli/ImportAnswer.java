package dev.recount.examples.cli;

import java.util.List;

/**
 * What an import did. Immutable.
 *
 * @param read how many lines were read
 * @param events how many events were newly stored
 * @param entities how many different things they are about
 * @param unresolved the lines that could not be taken, and why
 */
record ImportAnswer(long read, long events, long entities, List<Unresolved> unresolved) {

    /** Copies the list. */
    ImportAnswer {
        unresolved = List.copyOf(unresolved);
    }

    /**
     * A line that could not be taken. Immutable.
     *
     * @param line its number, from 1
     * @param reason why
     */
    record Unresolved(long line, String reason) {}

    /** Whether not a single line could be taken. */
    boolean tookNothing() {
        return unresolved.size() == read;
    }
}
