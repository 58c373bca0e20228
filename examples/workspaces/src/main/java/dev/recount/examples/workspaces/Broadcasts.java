package dev.recount.examples.workspaces;

import dev.recount.codec.EventCodec;
import dev.recount.codec.jackson.JacksonCodec;
import dev.recount.event.NewEvent;
import dev.recount.feed.Feed;
import java.util.function.Supplier;

/**
 * Tells those who listen now what goes on, and stores nothing. Only an {@link EphemeralEvent} can be told: a {@link StructuralEvent} reaches the
 * feed by being stored, and a {@link CanvasGesture} never. Thread-safe.
 */
public final class Broadcasts {

    private static final EventCodec<EphemeralEvent> CODEC = JacksonCodec.of(EphemeralEvent.class);

    private final Feed feed;
    private final Supplier<Organisation> organisation;

    /**
     * Into a feed.
     *
     * @param organisation as it is now, since where a workspace stands decides who hears of it
     */
    Broadcasts(Feed feed, Supplier<Organisation> organisation) {
        this.feed = feed;
        this.organisation = organisation;
    }

    /** Tells it to whoever may see it; of a workspace that is not there nothing is told. */
    public void tell(EphemeralEvent event) {
        organisation
                .get()
                .workspace(event.workspaceId())
                .filter(Workspace::isThere)
                .ifPresent(workspace -> {
                    NewEvent encoded = CODEC.encode(event);
                    feed.broadcast(encoded.withTags(encoded.tags().and("under", workspace.under())));
                });
    }
}
