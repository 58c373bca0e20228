package dev.recount.store.sqlite;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Rigs that were written. Each is asked again and again, each time after twice the pause, since a commit becomes visible a while
 * after it was written. Thread-safe.
 */
final class Doubts {

    private static final long FIRST_PAUSE_NANOS = 200_000;
    private static final long LONGEST_PAUSE_NANOS = 4_000_000_000L;

    private final Map<String, Doubt> byRig = new ConcurrentHashMap<>();

    private record Doubt(long dueNanos, long pauseNanos) {

        static Doubt now() {
            return new Doubt(System.nanoTime(), FIRST_PAUSE_NANOS);
        }

        boolean isDue(long now) {
            return dueNanos - now <= 0;
        }

        boolean isLast() {
            return pauseNanos > LONGEST_PAUSE_NANOS;
        }

        Doubt later(long now) {
            return new Doubt(now + pauseNanos, 2 * pauseNanos);
        }
    }

    /** The rig was written now. */
    void put(String rig) {
        byRig.put(rig, Doubt.now());
    }

    /** The rig may have been written some time ago. */
    void putIfNone(String rig) {
        byRig.putIfAbsent(rig, Doubt.now());
    }

    /** Asks the rigs whose time has come. One that is written meanwhile is asked anew. */
    void forEachDue(long now, Consumer<String> ask) {
        byRig.forEach((rig, doubt) -> {
            if (doubt.isDue(now)) {
                ask.accept(rig);
                putOff(rig, doubt, now);
            }
        });
    }

    private void putOff(String rig, Doubt doubt, long now) {
        if (doubt.isLast()) {
            byRig.remove(rig, doubt);
        } else {
            byRig.replace(rig, doubt, doubt.later(now));
        }
    }
}
