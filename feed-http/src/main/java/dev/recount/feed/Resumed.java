package dev.recount.feed;

import java.util.List;
import java.util.Map;

/**
 * Where a client goes on. Immutable.
 *
 * @param places its places; those of the rigs that were reset are their heads
 * @param resets what it must be told
 */
record Resumed(Map<String, RigPlace> places, List<TownReset> resets) {}
