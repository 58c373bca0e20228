package dev.recount.store.sqlite;

import dev.recount.sql.SqlEventStore;
import dev.recount.sql.SqlReadModel;
import dev.recount.store.LogCheck;
import dev.recount.testkit.KeptModels;
import dev.recount.testkit.SqlReadModelContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class SqliteReadModelsTest extends SqlReadModelContract {

    @TempDir
    Path folder;

    @Override
    protected SqlEventStore open(String log, KeptModels models) {
        SqliteOptions options = SqliteOptions.defaults();
        for (SqlReadModel model : models.inline()) {
            options = options.withInline(model);
        }
        for (SqlReadModel model : models.async()) {
            options = options.withAsync(model);
        }
        if (models.judge().isPresent()) {
            options = options.comparingBeforeSwap(models.judge().get());
        }
        return SqliteEventStore.open(folder.resolve(log + ".db"), options);
    }

    @Override
    protected void tamper(String log, String sql) throws Exception {
        ForeignConnection.run(folder.resolve(log + ".db"), sql);
    }

    @Override
    protected LogCheck check(SqlEventStore store) {
        return ((SqliteEventStore) store).check();
    }
}
