package dev.recount.feed;

import dev.recount.feed.TownReset.Reason;
import dev.recount.store.EventStoreException;
import dev.recount.store.Query;
import dev.recount.subscription.Checkpoint;
import dev.recount.town.TownCursor;
import dev.recount.town.TownPage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Compares a client's cursor with the town as it is now: finds the rigs that it names by number, and proves by their marks that each still
 * holds what the client has read. Rigs that cannot be read are taken from the cursor as they are, as long as the sums prove the others.
 * Not thread-safe: made for one cursor.
 */
final class CursorProof {

    private final TownLog log;
    private final TownText cursor;
    private final TownPage now;
    private final Map<Long, List<String>> rigsByNumber = new HashMap<>();
    private final TownMarks marks;
    private final MarkSums left;
    private final List<Doubt> doubts = new ArrayList<>();
    private final List<Known> known = new ArrayList<>();
    private final Map<String, RigPlace> places = new HashMap<>();
    private final List<TownReset> resets = new ArrayList<>();

    /**
     * A place whose mark is not known.
     *
     * @param reason why its rig is reset; null where it cannot be read, or where several rigs have the number
     */
    private record Doubt(
            int index, Optional<String> rig, @Nullable Reason reason) {}

    /** A place whose mark was compared. */
    private record Known(int index, String rig, long mark) {}

    private CursorProof(TownLog log, TownText cursor) {
        this.log = log;
        this.cursor = cursor;
        this.now = log.town().newest(Query.all(), 1);
        this.left = cursor.sums().copy();
        now.next().rigs().keySet().forEach(this::number);
        now.broken().keySet().forEach(this::number);
        this.marks = TownMarks.at(log.town(), asked());
    }

    /**
     * Where a client with that cursor goes on.
     *
     * @throws FeedRefused where it is no cursor
     */
    static Resumed of(TownLog log, GivenCursor given) {
        TownText cursor;
        try {
            cursor = TownText.parse(given.text());
        } catch (IllegalArgumentException e) {
            throw FeedRefused.badRequest(
                            "INVALID_AFTER",
                            "'" + given.text()
                                    + "' is not a cursor of a town. Give one of this feed, or 0 for all there is.")
                    .with("parameter", given.name())
                    .with("value", given.text());
        }
        return new CursorProof(log, cursor).resumed();
    }

    private void number(String rig) {
        rigsByNumber
                .computeIfAbsent(cursor.rigs().of(rig), any -> new ArrayList<>(1))
                .add(rig);
    }

    /** The places whose marks are to be compared, of all rigs that may be meant. */
    private TownCursor asked() {
        Map<String, Checkpoint> asked = new HashMap<>();
        for (int i = 0; i < cursor.numbers().length; i++) {
            for (String rig : rigsByNumber.getOrDefault(cursor.numbers()[i], List.of())) {
                Checkpoint head = now.next().rigs().get(rig);
                if (head != null && head.sequence() >= cursor.sequences()[i]) {
                    asked.put(rig, new Checkpoint(head.logId(), cursor.sequences()[i]));
                }
            }
        }
        return new TownCursor(asked);
    }

    private Resumed resumed() {
        for (int i = 0; i < cursor.numbers().length; i++) {
            look(i, rigsByNumber.getOrDefault(cursor.numbers()[i], List.of()));
        }
        if (!isProved() && !isProvedButForOne()) {
            return new Resumed(log.places(now), List.of(TownReset.ofTown(worst())));
        }
        for (int i = 0; i < doubts.size(); i++) {
            settle(doubts.get(i), left.markAt(numbersInDoubt(), i));
        }
        return new Resumed(places, resets);
    }

    private void look(int index, List<String> rigs) {
        if (rigs.size() != 1) {
            doubts.add(new Doubt(index, Optional.empty(), null));
            return;
        }
        String rig = rigs.get(0);
        OptionalLong mark = markAt(rig, cursor.sequences()[index]);
        if (mark.isEmpty()) {
            doubts.add(new Doubt(index, Optional.of(rig), whyNoMark(rig, cursor.sequences()[index])));
            return;
        }
        left.remove(cursor.numbers()[index], mark.getAsLong());
        known.add(new Known(index, rig, mark.getAsLong()));
        places.put(rig, place(rig, index, mark.getAsLong()));
    }

    private OptionalLong markAt(String rig, long sequence) {
        Checkpoint head = now.next().rigs().get(rig);
        if (head == null || sequence <= head.sequence()) {
            return marks.of(rig, sequence);
        }
        return log.town().existingRig(rig).flatMap(store -> Lag.chainAt(store, sequence)).stream()
                .mapToLong(RigPlace::mark)
                .findFirst();
    }

    private RigPlace place(String rig, int index, long mark) {
        Checkpoint head = now.next().rigs().get(rig);
        return new RigPlace(new Checkpoint(head == null ? "" : head.logId(), cursor.sequences()[index]), mark);
    }

    private @Nullable Reason whyNoMark(String rig, long sequence) {
        Checkpoint head = now.next().rigs().get(rig);
        if (head == null) {
            return null;
        }
        if (head.sequence() < sequence) {
            return Reason.AHEAD_OF_HEAD;
        }
        return isBelowFloor(rig, sequence) ? Reason.BELOW_FLOOR : null;
    }

    // Or it could be read a moment ago, and cannot any more.
    private boolean isBelowFloor(String rig, long sequence) {
        try {
            return log.town()
                    .existingRig(rig)
                    .map(store -> store.info().floor() > sequence)
                    .orElse(false);
        } catch (EventStoreException broken) {
            return false;
        }
    }

    private boolean isProved() {
        return left.fit(numbersInDoubt());
    }

    /** Looks for the one rig that went another way. */
    private boolean isProvedButForOne() {
        for (Known one : known) {
            left.add(cursor.numbers()[one.index], one.mark);
            doubts.add(new Doubt(one.index, Optional.of(one.rig), Reason.OTHER_LOG));
            if (isProved()) {
                return true;
            }
            doubts.remove(doubts.size() - 1);
            left.remove(cursor.numbers()[one.index], one.mark);
        }
        return false;
    }

    private long[] numbersInDoubt() {
        return doubts.stream().mapToLong(doubt -> cursor.numbers()[doubt.index]).toArray();
    }

    private Reason worst() {
        return doubts.stream()
                .flatMap(doubt -> Optional.ofNullable(doubt.reason).stream())
                .findFirst()
                .orElse(Reason.OTHER_LOG);
    }

    private void settle(Doubt doubt, long mark) {
        Optional<String> rig = doubt.rig.or(() -> theOneWith(mark, doubt.index));
        if (rig.isEmpty()) {
            resetAll(rigsByNumber.getOrDefault(cursor.numbers()[doubt.index], List.of()));
        } else if (doubt.reason == null) {
            places.put(rig.get(), place(rig.get(), doubt.index, mark));
        } else {
            resets.add(TownReset.of(doubt.reason, rig.get()));
            places.put(rig.get(), head(rig.get()));
        }
    }

    // None of them is known to be the one that the client has read.
    private void resetAll(List<String> rigs) {
        resets.add(TownReset.ofTown(rigs.isEmpty() ? Reason.RIG_GONE : Reason.OTHER_LOG));
        rigs.stream().filter(now.next().rigs()::containsKey).forEach(rig -> places.put(rig, head(rig)));
    }

    /** Which of several rigs of one number holds what the client has read; else the one that cannot be read. */
    private Optional<String> theOneWith(long mark, int index) {
        List<String> rigs = rigsByNumber.getOrDefault(cursor.numbers()[index], List.of());
        List<String> same = rigs.stream()
                .filter(rig -> OptionalLong.of(mark).equals(marks.of(rig, cursor.sequences()[index])))
                .toList();
        List<String> unread = rigs.stream().filter(now.broken()::containsKey).toList();
        List<String> found = same.isEmpty() ? unread : same;
        // Of two copies of one file nobody can tell which was meant.
        return found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty();
    }

    private RigPlace head(String rig) {
        Checkpoint head = now.next().rigs().getOrDefault(rig, new Checkpoint("", 0));
        TownMarks there = TownMarks.at(log.town(), new TownCursor(Map.of(rig, head)));
        return new RigPlace(head, there.of(rig, head.sequence()).orElse(0));
    }
}
