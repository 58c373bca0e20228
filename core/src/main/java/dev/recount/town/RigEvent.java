package dev.recount.town;

import dev.recount.event.StoredEvent;

/**
 * An event of a town. Immutable.
 *
 * @param rig the name of the rig in whose log it is
 * @param event the event
 */
public record RigEvent(String rig, StoredEvent event) {}
