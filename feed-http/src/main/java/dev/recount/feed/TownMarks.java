package dev.recount.feed;

import dev.recount.subscription.Checkpoint;
import dev.recount.town.RigEvent;
import dev.recount.town.Town;
import dev.recount.town.TownCursor;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/** The marks of many rigs at many sequences, asked for at once. Immutable. */
final class TownMarks {

    static final TownMarks NONE = new TownMarks(Map.of());

    private final Map<String, Map<Long, String>> chains;

    private TownMarks(Map<String, Map<Long, String>> chains) {
        this.chains = chains;
    }

    /** Those at a cursor. */
    static TownMarks at(Town town, TownCursor cursor) {
        Request request = new Request();
        cursor.rigs().forEach(request::add);
        return request.ask(town);
    }

    /** The mark there; empty where the rig cannot be read now, or has no such sequence. */
    OptionalLong of(String rig, long sequence) {
        String chain = chains.getOrDefault(rig, Map.of()).get(sequence);
        return chain == null ? OptionalLong.empty() : OptionalLong.of(RigPlace.mark(chain));
    }

    /** What is to be asked for. Not thread-safe: use from one thread at a time. */
    static final class Request {

        private final Map<String, Set<Long>> sequences = new HashMap<>();

        void add(String rig, Checkpoint checkpoint) {
            add(rig, checkpoint.sequence());
        }

        void add(RigEvent found) {
            add(found.rig(), found.event().sequence());
        }

        void add(String rig, long sequence) {
            sequences.computeIfAbsent(rig, unknown -> new HashSet<>()).add(sequence);
        }

        /** Asks the town once, or not where nothing is to be asked for. */
        TownMarks ask(Town town) {
            return sequences.isEmpty() ? NONE : new TownMarks(town.chainsAt(sequences));
        }
    }
}
