package dev.recount.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.recount.event.NewEvent;
import dev.recount.event.Tags;
import dev.recount.store.Append;
import dev.recount.store.sqlite.SqliteEventStore;
import dev.recount.store.sqlite.SqliteOptions;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sample of a build that is compared, run. {@link DocumentationTest} sees to it that it is not missing here. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ComparedBuildSamplesTest {

    @TempDir
    Path directory;

    @Test
    void a_build_that_differs_from_the_live_tables_is_refused() throws SQLException {
        Path path = directory.resolve("gastown.db");
        SqliteOptions careful = SqliteOptions.defaults()
                .withInline(new BeadTable())
                .comparingBeforeSwap(compared -> {
                    if (!compared.isEqual()) {
                        throw new IllegalStateException(compared.report());
                    }
                });

        try (SqliteEventStore store = SqliteEventStore.open(path, careful)) {
            store.append(Append.of(List.of(NewEvent.of("bead.created", "{}").withTags(Tags.of("bead", "gt-1a2b")))));
            store.rebuild("beads");
            try (Connection outside = DriverManager.getConnection("jdbc:sqlite:" + path);
                    Statement statement = outside.createStatement()) {
                statement.execute("UPDATE bead SET status = 'closed'");
            }

            assertThatThrownBy(() -> store.rebuild("beads"))
                    .hasMessageContaining("gt-1a2b differs in [status: live closed, replayed open]");
            assertThat(store.query("SELECT status FROM bead").get(0)).containsEntry("status", "closed");
        }
    }
}
