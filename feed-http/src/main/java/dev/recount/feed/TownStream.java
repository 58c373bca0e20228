package dev.recount.feed;

import dev.recount.store.EventStoreException;
import dev.recount.town.RigEvent;
import dev.recount.town.TownPage;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a stream of a town shows: its place is a sequence in each rig. Not thread-safe: use from the stream's thread. */
final class TownStream implements StreamSource {

    private static final Logger LOG = LoggerFactory.getLogger(Feed.class);

    /** A rig that cannot be read wakes nobody, so it is tried again. */
    private static final Duration TRY_AGAIN = Duration.ofSeconds(2);

    private final TownWalk walk;
    private final String opening;
    private Set<String> toldBroken = Set.of();
    private long behind;

    TownStream(TownLog log, Resumed resumed, String given) {
        this.walk = new TownWalk(log.town(), resumed.places());
        this.opening = resets(resumed.resets(), given);
    }

    private String resets(List<TownReset> resets, String given) {
        StringBuilder frames = new StringBuilder();
        for (TownReset reset : resets) {
            frames.append(reset.frame(given, walk.place().text()));
        }
        return frames.toString();
    }

    @Override
    public String opening() {
        return opening;
    }

    @Override
    public Part read(View view, int most) {
        TownPage page = walk.readEach(view.audience().sight().query(), most);
        behind = page.events().size();
        StringBuilder control = new StringBuilder();
        if (!page.broken().isEmpty()) {
            String given = walk.place().text();
            control.append(resets(walk.resets(), given));
        }
        if (page.events().isEmpty()) {
            tellGone(control);
        }
        tellBroken(control);
        boolean isAnyReadable = walk.broken().size() < page.broken().size();
        return new Part(control.toString(), page.events(), page.complete() && !isAnyReadable);
    }

    // A page says nothing of a rig that is not there.
    private void tellGone(StringBuilder control) {
        List<String> gone = walk.place().gone();
        if (!gone.isEmpty()) {
            String given = walk.place().text();
            control.append(resets(walk.leave(gone), given));
        }
    }

    // Once for each change, with all that are broken now.
    private void tellBroken(StringBuilder control) {
        Map<String, EventStoreException> broken = walk.broken();
        if (!toldBroken.equals(broken.keySet())) {
            Frames.broken(control, broken);
            broken.forEach((rig, why) -> {
                if (!toldBroken.contains(rig)) {
                    LOG.warn("Rig {} cannot be read.", rig, why);
                }
            });
            toldBroken = Set.copyOf(broken.keySet());
        }
    }

    @Override
    public void pass(RigEvent event, EventWriter writer, StringBuilder to) {
        Frames.event(to, walk.pass(event), writer, event);
        behind--;
    }

    @Override
    public void passAll() {
        walk.passAll();
    }

    @Override
    public String cursor() {
        return walk.place().name();
    }

    @Override
    public boolean hasMoved() {
        return walk.place().hasMoved();
    }

    @Override
    public long behind() {
        return Math.max(0, behind);
    }

    @Override
    public Duration patience() {
        return toldBroken.isEmpty() ? StreamSource.super.patience() : TRY_AGAIN;
    }
}
