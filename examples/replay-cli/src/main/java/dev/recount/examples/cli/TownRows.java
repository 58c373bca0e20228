package dev.recount.examples.cli;

import dev.recount.codec.jackson.JacksonRows;
import dev.recount.examples.town.TownState;
import dev.recount.replay.StateRows;
import dev.recount.store.Query;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The beads of a town by their ids, and its agents as {@code agent:ID}. */
final class TownRows implements StateRows<TownState> {

    private static final String AGENT = "agent:";

    @Override
    public Set<String> keys(TownState town) {
        Set<String> keys = new TreeSet<>(town.beads().keySet());
        town.agents().keySet().forEach(id -> keys.add(AGENT + id));
        return keys;
    }

    @Override
    public Optional<Map<String, @Nullable Object>> row(TownState town, String key) {
        Optional<?> found = key.startsWith(AGENT) ? town.agent(key.substring(AGENT.length())) : town.bead(key);
        return found.map(JacksonRows::row);
    }

    static Query eventsOf(String key) {
        return key.startsWith(AGENT) ? Query.tagged("agent", key.substring(AGENT.length())) : Query.tagged("bead", key);
    }
}
