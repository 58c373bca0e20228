package dev.recount.feed.client;

import dev.recount.event.StoredEvent;

/**
 * A stored event as a feed sent it. Immutable.
 *
 * @param rig whose log it is in
 * @param stored the event as it is stored, its data word for word
 * @param cursor where the feed is followed on from once this event is done; opaque. Stored together with what the event changed, it
 *     makes each event count exactly once
 */
public record FedEvent(String rig, StoredEvent stored, String cursor) {}
