package dev.recount.feed;

import dev.recount.store.StoreClosed;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at what is new, once for all streams of a feed, and tells those that see some of it to read: a wake-up, never an event. Whatever
 * goes wrong or is too much to look at, all are told, so that none waits for what is there. One thread, while there are streams.
 */
final class Announcer implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(Feed.class);

    /** So long it stays after the last stream. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);

    private static final int MOST_PARTS = 16;
    private static final long PAUSE_MILLIS = 250;
    // So those who write find a processor also where a thousand streams have something to read; each of these is told
    // some
    // five times a second, and then gets at once what came meanwhile.
    private static final int STREAMS_PER_MILLI = 5;
    private static final int LONGEST_ROUND_MILLIS = 200;

    private final Clients clients;
    private final Pulse pulse;

    Announcer(Clients clients, Pulse pulse) {
        this.clients = clients;
        this.pulse = pulse;
    }

    @Override
    public void run() {
        boolean sure = false;
        while (clients.keepAnnouncer()) {
            sure = lookWhateverHappens(sure);
        }
    }

    // Where even to tell of a failure fails, for want of memory or by the host's log: without it nobody would be told
    // again.
    private boolean lookWhateverHappens(boolean sure) {
        try {
            return look(sure);
        } catch (RuntimeException | Error e) {
            rest(PAUSE_MILLIS);
            return false;
        }
    }

    /** Looks once; tells whether all that came until then was announced to those that see it. */
    private boolean look(boolean sure) {
        try {
            if (!sure) {
                pulse.skip();
                tellAll();
            }
            return pulse.await(LONGEST_WAIT) ? announce() : pulse.isSure();
        } catch (InterruptedException e) {
            // It was nobody's to interrupt, and streams must not wait in vain.
            return false;
        } catch (RuntimeException | Error e) {
            // A store that was closed is told of by its streams, where there are any.
            if (sure && !(e instanceof StoreClosed)) {
                LOG.warn("What is new cannot be looked at now, so each stream looks for itself.", e);
            }
            tellAll();
            rest(PAUSE_MILLIS);
            return false;
        }
    }

    private boolean announce() {
        boolean complete = false;
        Set<StreamThread> streams = new LinkedHashSet<>();
        for (int parts = 0; parts < MOST_PARTS && !complete; parts++) {
            Part part = pulse.read();
            streams.addAll(clients.announce(part::hasAnyFor));
            complete = part.complete();
        }
        tell(streams);
        return complete && pulse.isSure();
    }

    private void tellAll() {
        tell(clients.announce(sight -> true));
    }

    private static void tell(Collection<StreamThread> streams) {
        int perMilli = Math.max(STREAMS_PER_MILLI, streams.size() / LONGEST_ROUND_MILLIS);
        int told = 0;
        for (StreamThread stream : streams) {
            stream.announce();
            told++;
            if (told % perMilli == 0) {
                rest(1);
            }
        }
    }

    private static void rest(long millis) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
    }
}
