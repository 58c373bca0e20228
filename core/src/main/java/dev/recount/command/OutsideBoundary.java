package dev.recount.command;

import dev.recount.event.NewEvent;
import dev.recount.store.Query;

/**
 * A decided event that the next decision within the same boundary would not read. A mistake in the program: nothing is stored.
 */
public final class OutsideBoundary extends IllegalStateException {

    OutsideBoundary(Object command, NewEvent event, Query boundary) {
        super(command.getClass().getSimpleName() + " decided " + event.type()
                + (event.tags().isEmpty() ? " without tags" : " tagged " + event.tags())
                + ", which is outside the boundary it was decided within (" + boundary
                + "): the next decision would not see it. Widen within(...) or tag the event.");
    }
}
