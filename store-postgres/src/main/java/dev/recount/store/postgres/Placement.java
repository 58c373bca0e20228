package dev.recount.store.postgres;

import org.jspecify.annotations.Nullable;

/**
 * Where a rig of a {@link PlacedTown} is. Immutable.
 *
 * @param rig its name
 * @param database the name of the database that takes its appends
 * @param movingTo the name of the database to which a move has begun that is not over; null where there is none
 */
public record Placement(
        String rig, String database, @Nullable String movingTo) {}
