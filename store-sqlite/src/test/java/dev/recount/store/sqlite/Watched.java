package dev.recount.store.sqlite;

import dev.recount.event.StoredEvent;
import dev.recount.sql.SqlReadModel;
import dev.recount.sql.SqlStatements;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Notes the first event that it is given. */
record Watched(Counts counts, AtomicLong first) implements SqlReadModel {

    @Override
    public String name() {
        return counts.name();
    }

    @Override
    public int version() {
        return counts.version();
    }

    @Override
    public List<String> schema() {
        return counts.schema();
    }

    @Override
    public void apply(StoredEvent event, SqlStatements sql) {
        first.compareAndSet(0, event.sequence());
        counts.apply(event, sql);
    }
}
