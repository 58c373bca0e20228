package dev.recount.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.recount.reaction.ReactionStore;
import dev.recount.store.EventStore;
import dev.recount.store.StoreUnavailable;
import dev.recount.subscription.Checkpoint;
import dev.recount.testkit.ReactorContract;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteReactorTest extends ReactorContract {

    @TempDir
    Path folder;

    private final List<SqliteEventStore> stores = new ArrayList<>();

    @Override
    protected EventStore openLog() {
        SqliteEventStore store = SqliteEventStore.open(folder.resolve("log.db"));
        stores.add(store);
        return store;
    }

    @Override
    protected ReactionStore open(EventStore log) {
        return SqliteReactions.of((SqliteEventStore) log);
    }

    @AfterEach
    void close_them() {
        stores.forEach(SqliteEventStore::close);
    }

    @Test
    void a_log_with_reactors_is_still_whole_and_can_be_read_only() {
        open(openLog()).register("parcels", new Checkpoint("log", 0));

        try (SqliteEventStore readOnly = SqliteEventStore.openReadOnly(folder.resolve("log.db"))) {
            assertThat(readOnly.check().ok()).isTrue();
            assertThat(readOnly.check().format()).isEqualTo(1);
            ReactionStore reactions = SqliteReactions.of(readOnly);
            assertThat(reactions.status("parcels")).isPresent();
            assertThatExceptionOfType(StoreUnavailable.class)
                    .isThrownBy(() -> reactions.register("another", new Checkpoint("log", 0)));
        }
    }
}
