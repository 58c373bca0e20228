package dev.recount.examples.quickstart;

import dev.recount.store.EventStore;
import dev.recount.store.Retained;
import dev.recount.store.Retention;
import dev.recount.store.memory.MemoryEventStore;
import dev.recount.testkit.EventStoreContract;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/** The sample of the store contract, run. */
class MemoryStoreTest extends EventStoreContract {
    private final Map<String, MemoryEventStore> logs = new HashMap<>();

    @Override
    protected EventStore open(String log, InstantSource clock) {
        return logs.computeIfAbsent(log, name -> MemoryEventStore.create(clock)).reopen();
    }

    @Override
    protected Retained retain(String log, Retention retention) {
        return logs.get(log).reopen().retain(retention);
    }
}
