package dev.recount.store.sqlite;

import dev.recount.reaction.ReactionStore;
import dev.recount.testkit.ReactionStoreContract;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

class SqliteReactionsContractTest extends ReactionStoreContract {

    @TempDir
    Path folder;

    private final List<SqliteEventStore> stores = new ArrayList<>();

    @Override
    protected ReactionStore open() {
        SqliteEventStore store = SqliteEventStore.open(folder.resolve("log.db"));
        stores.add(store);
        return SqliteReactions.of(store);
    }

    @AfterEach
    void close_them() {
        stores.forEach(SqliteEventStore::close);
    }
}
