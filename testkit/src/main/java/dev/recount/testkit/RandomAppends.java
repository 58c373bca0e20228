package dev.recount.testkit;

import dev.recount.event.NewEvent;
import dev.recount.event.Tags;
import dev.recount.store.Append;
import dev.recount.store.AppendCondition;
import dev.recount.store.Query;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Appends of one moment that get into each other's way: few tags, few receipt keys, some that cannot be stored. Not thread-safe. */
final class RandomAppends {

    private static final long FAR_AHEAD = 1_000_000;

    private final Random random;
    private final int round;
    private final long head;

    RandomAppends(Random random, int round, long head) {
        this.random = random;
        this.round = round;
        this.head = head;
    }

    /** The append of a caller; no other append holds the same data. */
    Append next(int caller) {
        return switch (random.nextInt(10)) {
            case 0, 1 -> events(caller);
            case 2 -> events(caller).when(AppendCondition.noneMatching(query()).after(head + FAR_AHEAD));
            case 3 -> Append.of(List.of());
            case 4 -> receipted(events(caller));
            case 5 -> receipted(Append.of(List.of()));
            case 6 -> receipted(events(caller).when(unchanged()));
            default -> events(caller).when(unchanged());
        };
    }

    private Append events(int caller) {
        List<NewEvent> events = new ArrayList<>();
        for (int i = random.nextInt(4); i >= 0; i--) {
            String data = "{\"round\":" + round + ",\"caller\":" + caller + ",\"number\":" + i + "}";
            events.add(NewEvent.of(random.nextBoolean() ? "hooked" : "closed", data)
                    .withTags(Tags.of("bead", bead()).and("agent", bead())));
        }
        return Append.of(events);
    }

    // Mostly with the same content, whatever the events are: as commands that are sent again.
    private Append receipted(Append append) {
        String content = random.nextInt(4) == 0 ? "something else" : "hook";
        return append.withReceiptFor("round-" + round + "-" + random.nextInt(3), content);
    }

    private AppendCondition unchanged() {
        return AppendCondition.noneMatching(query()).after(Math.max(0, head - random.nextInt(2)));
    }

    private Query query() {
        Query bead = Query.tagged("bead", bead());
        return switch (random.nextInt(6)) {
            case 0 -> Query.all();
            case 1 -> bead.and(Query.ofTypes("closed"));
            case 2 -> bead.or(Query.tagged("agent", bead()));
            case 3 -> Query.taggedWithAll(Tags.of("bead", bead()).and("agent", bead()));
            default -> bead;
        };
    }

    private String bead() {
        return String.valueOf(random.nextInt(12));
    }
}
