package dev.recount.benchmarks.beads;

import dev.recount.benchmarks.beads.BeadEvent.BeadClosed;
import dev.recount.benchmarks.beads.BeadEvent.BeadCommented;
import dev.recount.benchmarks.beads.BeadEvent.BeadCreated;
import dev.recount.benchmarks.beads.BeadEvent.BeadHooked;
import dev.recount.benchmarks.beads.BeadEvent.BeadLabelled;
import dev.recount.benchmarks.beads.BeadEvent.BeadUnhooked;
import dev.recount.benchmarks.beads.BeadEvent.StatusChanged;
import dev.recount.event.Metadata;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.SplittableRandom;

/**
 * A long history, the same each time: every bead has 20 events, and a few thousand beads are active at once, as in real logs. Not
 * thread-safe: use from one thread at a time.
 */
public final class BeadEvents implements Iterator<BeadEvent> {

    /** How many events a bead has. */
    public static final int PER_BEAD = 20;

    private static final int WINDOW = 2_000;
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final SplittableRandom random = new SplittableRandom(20_260_101);
    private final int beads;
    private final int[] active;
    private final int[] done;
    private int open;
    private int next;
    private long made;

    private BeadEvents(int beads) {
        this.beads = beads;
        this.active = new int[Math.min(beads, WINDOW)];
        this.done = new int[active.length];
        this.open = active.length;
        while (next < open) {
            active[next] = next++;
        }
    }

    /** The events of so many beads. */
    public static BeadEvents of(int beads) {
        return new BeadEvents(beads);
    }

    /** The first so many events of a history that is long enough. */
    public static List<BeadEvent> first(int events) {
        return of(events / PER_BEAD + 1).take(events);
    }

    /** The id of the bead with that number, which counts from 0. */
    public static String beadId(int number) {
        return String.format("bd-%07d", number);
    }

    /** How such events came to be: about 85 bytes. Without a command id, which would make all but the first a repetition. */
    public static Metadata metadata() {
        return Metadata.empty()
                .withActor("agent-017")
                .withCausationId("cmd-000000012345")
                .withCorrelationId("run-00001234");
    }

    /** The next so many, or as many as there are. */
    public List<BeadEvent> take(int events) {
        List<BeadEvent> taken = new ArrayList<>(events);
        while (taken.size() < events && hasNext()) {
            taken.add(next());
        }
        return taken;
    }

    @Override
    public boolean hasNext() {
        return open > 0;
    }

    @Override
    public BeadEvent next() {
        if (open == 0) {
            throw new NoSuchElementException("All " + made + " events were given.");
        }
        int slot = random.nextInt(open);
        BeadEvent event = event(active[slot], done[slot]++);
        if (done[slot] == PER_BEAD) {
            replace(slot);
        }
        return event;
    }

    private void replace(int slot) {
        if (next < beads) {
            active[slot] = next++;
            done[slot] = 0;
        } else {
            open--;
            active[slot] = active[open];
            done[slot] = done[open];
        }
    }

    private BeadEvent event(int number, int ordinal) {
        String bead = beadId(number);
        String agent = String.format("agent-%03d", random.nextInt(200));
        int convoy = number / 40;
        Instant at = START.plusSeconds(made++).plusNanos(1_000L * random.nextInt(1_000_000));
        if (ordinal == 0) {
            return new BeadCreated(bead, agent, convoy, at, text(95), random.nextInt(5));
        }
        if (ordinal == PER_BEAD - 1) {
            return new BeadClosed(bead, agent, convoy, at, text(105));
        }
        return switch (random.nextInt(8)) {
            case 0, 1 -> new StatusChanged(bead, agent, convoy, at, status(), text(82));
            case 2 -> new BeadHooked(bead, agent, convoy, at, text(108));
            case 3 -> new BeadUnhooked(bead, agent, convoy, at, text(108));
            case 4 -> new BeadLabelled(bead, agent, convoy, at, text(107));
            default -> new BeadCommented(bead, agent, convoy, at, text(108));
        };
    }

    private BeadStatus status() {
        return random.nextInt(4) == 0 ? BeadStatus.BLOCKED : BeadStatus.IN_PROGRESS;
    }

    private String text(int about) {
        int length = about - 15 + random.nextInt(30);
        int from = random.nextInt(TEXT.length() - length);
        return TEXT.substring(from, from + length);
    }

    private static final String TEXT =
            "the merge queue was red again after the second retry, so the review went back to the"
                    + " crew and waits for a clean run; nothing else on this branch has changed since noon, and the convoy goes on"
                    + " without it until somebody has looked at the failing test, which only fails beside two others and never"
                    + " alone. Landed on main with the migration behind a flag.";
}
