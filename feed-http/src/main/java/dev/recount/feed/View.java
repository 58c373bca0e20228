package dev.recount.feed;

import dev.recount.event.StoredEvent;
import dev.recount.store.EventsRemoved;
import dev.recount.store.Page;
import dev.recount.store.ReadOptions;
import java.util.List;
import java.util.OptionalLong;

/**
 * What a stream may see at this moment. Once an event is met that may have changed it, the policy is asked again before anything after that
 * event is read. Not thread-safe: use from the stream's thread.
 */
final class View {

    private final Clients clients;
    private final StreamThread thread;
    private Sighting sighting;
    private boolean outdated;

    View(Sighting sighting, Clients clients, StreamThread thread) {
        this.sighting = sighting;
        this.clients = clients;
        this.thread = thread;
    }

    /** Those who see the same. */
    Audience audience() {
        return thread.audience();
    }

    /** The first event in a part of the log that may have changed what is seen since the policy was asked; from then on this is outdated. */
    OptionalLong firstChange(long after, long until) {
        long from = Math.max(after, sighting.askedAt());
        if (sighting.source().log().isEmpty() || until <= from) {
            return OptionalLong.empty();
        }
        ReadOptions one = ReadOptions.defaults().after(from).until(until).withLimit(1);
        try {
            Page page = sighting.source().log().get().read(sighting.source().changes(), one);
            List<StoredEvent> found = page.events();
            outdated |= !found.isEmpty();
            return found.isEmpty()
                    ? OptionalLong.empty()
                    : OptionalLong.of(found.get(0).sequence());
        } catch (EventsRemoved e) {
            // Nobody can tell what was among them.
            outdated = true;
            return OptionalLong.of(after);
        }
    }

    /**
     * Asks the policy again where this is outdated.
     *
     * @throws FeedRefused where nothing may be seen any more
     */
    void refresh() {
        if (outdated) {
            sighting = sighting.source().ask();
            clients.move(thread, sighting.sight());
            outdated = false;
        }
    }

    /** Looks for changes up to the head, and asks again where there is one; tells whether it did. */
    boolean refreshUpToHead() {
        boolean changed = firstChange(0, Long.MAX_VALUE).isPresent();
        refresh();
        return changed;
    }
}
