package dev.recount.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.recount.reaction.Lease;
import dev.recount.store.Append;
import dev.recount.store.Query;
import dev.recount.store.Retention;
import dev.recount.store.StoreUnavailable;
import dev.recount.subscription.Checkpoint;
import dev.recount.transfer.Seal;
import dev.recount.transfer.Standing;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SealedFileTest {

    private static final Instant NOON = Instant.parse("2026-03-03T12:00:00Z");

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void seal_a_log_of_three_events() {
        file = folder.resolve("rig.db");
        try (SqliteEventStore store = SqliteEventStore.open(file)) {
            store.append(Append.of(Events.numbered(3, "bead:1")));
            SqliteReactions reactions = SqliteReactions.of(store);
            reactions.register("tickets", new Checkpoint(store.logId(), 3));
            Lease lease = reactions
                    .acquire("tickets", "me", NOON, NOON.plusSeconds(60))
                    .orElseThrow();
            store.consumers().advance("search", 3);
            store.transferSource().seal(new Seal("t", "the town"));
            assertThatThrownBy(() -> reactions.renew(lease, NOON.plusSeconds(90)))
                    .isInstanceOf(StoreUnavailable.class)
                    .hasMessageContaining("moved to the town");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "INSERT INTO recount_events SELECT 4, type, version, tags, data, metadata, occurred_at, stored_at, chain"
                        + " FROM recount_events WHERE sequence = 3",
                "INSERT INTO recount_receipts VALUES ('key', '', 1, 1)",
                "UPDATE recount_log SET head = 4",
                "UPDATE recount_reactors SET checkpoint = 3",
                "DELETE FROM recount_reactors",
                "UPDATE recount_seal SET moved_to = 'elsewhere'",
                "DELETE FROM recount_seal"
            })
    void other_programs_and_older_releases_are_refused_and_told_where_the_log_went(String statement) {
        assertThatThrownBy(() -> ForeignConnection.run(file, statement))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("sealed: moved to the town, at sequence 3");
    }

    @Test
    void it_can_be_checked_and_read_and_copied_and_says_what_it_is() {
        try (SqliteEventStore store = SqliteEventStore.openReadOnly(file)) {
            assertThat(store.check().problems()).isEmpty();
            assertThat(Events.sequences(Events.all(store, Query.all()))).containsExactly(1L, 2L, 3L);
            assertThat(store.transferSource().state().standing()).isEqualTo(Standing.SEALED);
            assertThat(LogCopy.of(store).to(folder.resolve("copy.db")).written())
                    .isEqualTo(3);
        }
        try (SqliteEventStore copy = SqliteEventStore.open(folder.resolve("copy.db"))) {
            assertThat(copy.append(Append.of(Events.numbered(1))).first()).isEqualTo(4);
        }
    }

    @Test
    void retention_is_refused_and_so_are_consumers_whose_place_went_along() {
        try (SqliteEventStore store = SqliteEventStore.open(file)) {
            assertThatThrownBy(() -> store.retain(Retention.newest(1)))
                    .isInstanceOf(StoreUnavailable.class)
                    .hasMessageContaining("moved to the town");
            assertThatThrownBy(() -> store.consumers().advance("search", 2))
                    .isInstanceOf(StoreUnavailable.class)
                    .hasMessageContaining("moved to the town");
            assertThatThrownBy(() -> store.consumers().advance("report", 3))
                    .isInstanceOf(StoreUnavailable.class)
                    .hasMessageContaining("moved to the town");
            assertThatThrownBy(() -> store.consumers().remove("search"))
                    .isInstanceOf(StoreUnavailable.class)
                    .hasMessageContaining("moved to the town");
            assertThat(store.transferSource().marks().consumers())
                    .extracting(consumer -> consumer.name() + consumer.checkpoint())
                    .containsExactly("search3");
        }
    }

    @Test
    void a_town_with_such_a_rig_goes_on() {
        try (SqliteTown town = SqliteTown.open(folder)) {
            town.rig("other").append(Append.of(Events.numbered(1)));

            assertThatThrownBy(() -> town.rig("rig").append(Append.of(Events.numbered(1))))
                    .isInstanceOf(StoreUnavailable.class);
            assertThat(Events.sequences(Events.all(town.rig("rig"), Query.all())))
                    .hasSize(3);
        }
    }
}
