package dev.recount.store.postgres;

import dev.recount.sql.SqlEventStore;
import dev.recount.sql.SqlReadModel;
import dev.recount.store.LogCheck;
import dev.recount.testkit.KeptModels;
import dev.recount.testkit.SqlReadModelContract;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

class PostgresReadModelsTest extends SqlReadModelContract {

    private final PostgresOptions options = Server.options();

    @Override
    protected SqlEventStore open(String log, KeptModels models) {
        PostgresOptions with = options;
        for (SqlReadModel model : models.inline()) {
            with = with.withInline(model);
        }
        for (SqlReadModel model : models.async()) {
            with = with.withAsync(model);
        }
        if (models.judge().isPresent()) {
            with = with.comparingBeforeSwap(models.judge().get());
        }
        return PostgresEventStore.open(Server.dataSource(), log, with);
    }

    // The first rig of a schema has the number 1.
    @Override
    protected void tamper(String log, String sql) throws SQLException {
        try (Connection connection = Server.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("SET search_path = " + options.schema() + "_rig_1");
            try {
                statement.execute(sql);
            } finally {
                statement.execute("RESET search_path");
            }
        }
    }

    @Override
    protected LogCheck check(SqlEventStore store) {
        return ((PostgresEventStore) store).check();
    }
}
