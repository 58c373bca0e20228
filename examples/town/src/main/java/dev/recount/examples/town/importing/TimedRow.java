package dev.recount.examples.town.importing;

import dev.recount.examples.town.TownEvent;
import java.time.Instant;

/**
 * An event of a town's files, before all of a rig's are put in order. Immutable.
 *
 * @param source where it came from
 * @param file the name of its file
 * @param line its number in the file, from 1
 * @param order when it goes into the log among the others
 * @param event the event
 */
record TimedRow(SourceRow source, String file, long line, Instant order, TownEvent event) {}
