package dev.recount.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recount.event.NewEvent;
import dev.recount.event.Tags;
import dev.recount.replay.Verification;
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

/** The samples of verification, run. {@link DocumentationTest} sees to it that none is missing here. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class VerificationSamplesTest {

    @TempDir
    Path directory;

    @Test
    void a_table_that_was_changed_from_outside_is_found() throws SQLException {
        Path path = directory.resolve("gastown.db");
        try (SqliteEventStore store =
                SqliteEventStore.open(path, SqliteOptions.defaults().withInline(new BeadTable()))) {
            store.append(Append.of(List.of(NewEvent.of("bead.created", "{}").withTags(Tags.of("bead", "gt-1a2b")))));
            try (Connection outside = DriverManager.getConnection("jdbc:sqlite:" + path);
                    Statement statement = outside.createStatement()) {
                statement.execute("UPDATE bead SET status = 'closed'");
            }

            Verification verification = store.verify(new BeadTable());
            verification.differences(); // [gt-1a2b differs in [status: live closed, replayed open] (last event 1)]

            assertThat(verification.differences())
                    .hasToString("[gt-1a2b differs in [status: live closed, replayed open] (last event 1)]");
        }
    }
}
