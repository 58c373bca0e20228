package dev.recount.store.sqlite;

import dev.recount.store.EventStoreException;
import dev.recount.store.EventsRemoved;
import dev.recount.store.LogCorrupt;
import dev.recount.store.Page;
import dev.recount.store.Query;
import dev.recount.store.ReadOptions;
import dev.recount.store.StoreUnavailable;
import dev.recount.subscription.Checkpoint;
import dev.recount.town.RigEvent;
import dev.recount.town.TownCursor;
import dev.recount.town.TownPage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.StreamSupport;

/** Merges the events of all rigs of a town into pages. Thread-safe. */
final class TownReader {

    private static final int FEWEST_AT_ONCE = 8;
    private static final int FEW_RIGS = 64;

    private final RigFolder folder;
    private final OpenRigs open;
    private final RigHeads heads;

    TownReader(RigFolder folder, OpenRigs open, RigHeads heads) {
        this.folder = folder;
        this.open = open;
        this.heads = heads;
    }

    TownPage newest(Query query, int limit) {
        Merge merge = new Merge(TownCursor.start(), query);
        ReadOptions options = ReadOptions.defaults().newestFirst().withLimit(Math.min(limit, FEWEST_AT_ONCE));
        Map<String, RigHead> asked = merge.askAll();
        // A file that is no log yet has no id; its log is read from the start.
        asked.values().removeIf(head -> head.logId().isEmpty());
        asked.forEach((rig, head) -> {
            merge.cursor.put(rig, new Checkpoint(head.logId(), head.head()));
            if (head.head() > 0) {
                merge.add(rig, head, options.until(head.head()), head.lastStoredAt());
            }
        });
        return merge.page(RigSource.NEWEST_FIRST, limit, false);
    }

    TownPage read(TownCursor cursor, Query query, int limit) {
        Merge merge = new Merge(cursor, query);
        Map<String, RigHead> asked = merge.askAll();
        asked.values().removeIf(head -> head.head() == 0);
        ReadOptions options = ReadOptions.defaults().withLimit(atOnce(limit, asked.size()));
        asked.forEach((rig, head) -> {
            Checkpoint checkpoint = cursor.rigs().get(rig);
            if (head.isAfter(checkpoint)) {
                // No time is known before the first event is read, so each is read from.
                merge.add(rig, head, options.after(checkpoint == null ? 0 : checkpoint.sequence()), Instant.MIN);
            }
        });
        return merge.page(RigSource.OLDEST_FIRST, limit, true);
    }

    /** The hashes at sequences, of the rigs that can be read and have them. */
    Map<String, Map<Long, String>> chainsAt(Map<String, ? extends Collection<Long>> sequences) {
        Map<String, Map<Long, String>> chains = new ConcurrentHashMap<>();
        StreamSupport.stream(sequences.entrySet().spliterator(), sequences.size() > FEW_RIGS)
                .forEach(rig -> chains.put(rig.getKey(), chainsAt(rig.getKey(), rig.getValue())));
        chains.values().removeIf(Map::isEmpty);
        return chains;
    }

    private Map<Long, String> chainsAt(String rig, Collection<Long> sequences) {
        Map<Long, String> known = heads.knownChain(rig, sequences);
        if (!known.isEmpty() || !isThere(rig)) {
            return known;
        }
        try {
            return open.with(rig, store -> store.chainsAt(sequences));
        } catch (LogCorrupt | StoreUnavailable broken) {
            return Map.of();
        }
    }

    // To open a file that is not there, or still empty, would make it a log.
    private boolean isThere(String rig) {
        if (open.has(rig)) {
            return true;
        }
        FileStamp stamp = FileStamp.of(folder.fileOf(rig));
        return !stamp.equals(FileStamp.NEVER) && !stamp.isEmpty();
    }

    private static int atOnce(int limit, int rigs) {
        return Math.min(limit, Math.max(FEWEST_AT_ONCE, 2 * (limit / Math.max(1, rigs))));
    }

    /** One page in the making. */
    private final class Merge {
        private final TownCursor from;
        private final Query query;
        private final Map<String, Checkpoint> cursor;
        private final Map<String, EventStoreException> broken = new ConcurrentHashMap<>();
        private final Map<String, RigHead> asked = new ConcurrentHashMap<>();
        private final List<RigSource> sources = new ArrayList<>();
        private final List<RigEvent> events = new ArrayList<>();

        Merge(TownCursor from, Query query) {
            this.from = from;
            this.query = query;
            this.cursor = new HashMap<>(from.rigs());
        }

        // Asking is most of the work of a page over many rigs, and each rig is another file.
        Map<String, RigHead> askAll() {
            List<String> rigs = folder.names();
            StreamSupport.stream(rigs.spliterator(), rigs.size() > FEW_RIGS).forEach(this::askOne);
            return new HashMap<>(asked);
        }

        private void askOne(String rig) {
            try {
                asked.put(rig, ask(rig));
            } catch (LogCorrupt | StoreUnavailable e) {
                broken.put(rig, e);
            }
        }

        private RigHead ask(String rig) {
            RigHead head = heads.ask(rig);
            Checkpoint checkpoint = from.rigs().get(rig);
            if (checkpoint != null) {
                head.require(checkpoint, folder.fileOf(rig));
            }
            return head;
        }

        void add(String rig, RigHead head, ReadOptions window, Instant time) {
            sources.add(new RigSource(rig, options -> read(rig, head.logId(), options), window, time));
        }

        private Page read(String rig, String logId, ReadOptions options) {
            return open.with(rig, store -> {
                Opening.requireSame(logId, store.logId(), folder.fileOf(rig));
                return store.read(query, options);
            });
        }

        TownPage page(Comparator<RigSource> order, int limit, boolean moveCursor) {
            PriorityQueue<RigSource> next = new PriorityQueue<>(Math.max(1, sources.size()), order);
            next.addAll(sources);
            while (events.size() < limit) {
                RigSource first = next.poll();
                if (first == null) {
                    break;
                }
                if (first.isReady()) {
                    events.add(first.take());
                }
                if (makeReady(first)) {
                    next.add(first);
                }
            }
            if (moveCursor) {
                moveCursor();
            }
            return new TownPage(events, new TownCursor(cursor), next.isEmpty(), broken);
        }

        private boolean makeReady(RigSource source) {
            try {
                return source.makeReady();
            } catch (LogCorrupt | StoreUnavailable | EventsRemoved e) {
                broken.put(source.rig(), e);
                return false;
            }
        }

        private void moveCursor() {
            for (RigSource source : sources) {
                RigHead head = asked.get(source.rig());
                if (head != null) {
                    cursor.put(source.rig(), new Checkpoint(head.logId(), source.position()));
                }
            }
        }
    }
}
