package dev.recount.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.recount.sql.FailurePolicy;
import dev.recount.sql.ReadModelStatus;
import dev.recount.sql.SqlReadModel;
import dev.recount.store.Append;
import dev.recount.store.LogConsumer;
import dev.recount.store.Retention;
import dev.recount.store.RetentionRefused;
import dev.recount.store.StoreUnavailable;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Read models that nobody keeps any more. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@Timeout(120)
class WithdrawalTest {

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void a_path() {
        file = folder.resolve("log.db");
    }

    private SqliteEventStore open(SqlReadModel... models) {
        SqliteOptions options = SqliteOptions.defaults();
        for (SqlReadModel model : models) {
            options = options.withInline(model);
        }
        return SqliteEventStore.open(file, options);
    }

    private static long ofModels(SqliteEventStore store) {
        return store.query("SELECT name FROM sqlite_master WHERE name LIKE '%counts%'")
                .size();
    }

    @Test
    void a_model_that_nobody_keeps_holds_retention_up_until_it_is_withdrawn() {
        try (SqliteEventStore store = open(Counts.of(1), Counts.of("other", 1))) {
            store.append(Append.of(Events.numbered(5, "bead:1")));
        }

        try (SqliteEventStore store = open(Counts.of("other", 1))) {
            store.append(Append.of(Events.numbered(5, "bead:1")));
            assertThatThrownBy(() -> store.retain(Retention.newest(2)))
                    .isInstanceOf(RetentionRefused.class)
                    .hasMessage(
                            "Events up to sequence 8 cannot be removed: read model 'counts' has read up to 5 only. Let it"
                                    + " read on, withdraw it where no program keeps it any more (SqlEventStore.withdraw), or keep"
                                    + " more.");

            store.withdraw("counts");

            assertThat(ofModels(store)).isZero();
            assertThat(store.readModels()).extracting(ReadModelStatus::name).containsExactly("other");
            assertThat(store.consumers().list()).extracting(LogConsumer::name).containsExactly("other");
            assertThat(Counts.of("other", 1).rows(store)).isEqualTo(Map.of("1", 10L));
            assertThat(store.retain(Retention.newest(2)).floor()).isEqualTo(8);
            assertThat(store.check().problems()).isEmpty();
        }
    }

    @Test
    void a_build_and_what_is_in_quarantine_go_with_it() {
        try (SqliteEventStore store = open(Counts.of(1).with(FailurePolicy.quarantine("bead")))) {
            Events.append(store, Events.event("created", "bead:1"), Events.event("poison", "bead:2"));
        }
        try (SqliteEventStore store = open(Counts.of(2))) {
            assertThat(store.readModels().get(0).build()).isPresent();
            assertThat(store.readModels().get(0).failures()).hasSize(2);
        }

        try (SqliteEventStore store = open()) {
            assertThatThrownBy(() -> store.retain(Retention.newest(0)))
                    .hasMessageContaining("build of read model 'counts'")
                    .hasMessageContaining("withdraw");
            store.withdraw("counts");

            assertThat(ofModels(store)).isZero();
            assertThat(store.readModels()).isEmpty();
            assertThat(store.consumers().list()).isEmpty();
            assertThat(store.check().problems()).isEmpty();
        }
        try (SqliteEventStore store = open(Counts.of(3).mended())) {
            assertThat(Counts.of(3).rows(store)).isEqualTo(Map.of("1", 3L, "2", 3L));
        }
    }

    @Test
    void one_that_the_store_keeps_itself_and_one_that_is_not_there_are_refused() {
        try (SqliteEventStore store = open(Counts.of(1), Counts.of("other", 1))) {
            assertThatThrownBy(() -> store.withdraw("counts"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage(
                            "Read model 'counts' is kept by this store and cannot be withdrawn. Open the log without it,"
                                    + " then withdraw it.");
            assertThatThrownBy(() -> store.withdraw("Counts"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("has no read model 'Counts'; it has [counts, other].");
        }
        try (SqliteEventStore store = SqliteEventStore.openReadOnly(file)) {
            assertThatThrownBy(() -> store.withdraw("counts")).isInstanceOf(StoreUnavailable.class);
        }
    }

    @Test
    void a_program_that_still_keeps_it_stores_nothing_and_is_told() throws Exception {
        try (SqliteEventStore old = open(Counts.of(1));
                SqliteEventStore store = open()) {
            store.withdraw("counts");

            assertThatThrownBy(() -> Events.append(old, Events.event("created", "bead:1")))
                    .isInstanceOf(StoreUnavailable.class)
                    .hasMessageContaining("is not there any more");
            assertThat(store.info().head()).isZero();
        }
        try (SqliteEventStore again = open(Counts.of(1))) {
            Events.append(again, Events.event("created", "bead:1"));
            assertThat(again.awaitApplied("counts", 1, Duration.ofSeconds(60))).isTrue();
        }
    }

    @Test
    void a_virtual_table_goes_with_those_in_which_it_keeps_its_rows_and_a_table_of_somebody_else_stays()
            throws Exception {
        try (SqliteEventStore store = open(TableModel.of(
                (event, sql) -> sql.execute("INSERT INTO {words} VALUES (?)", event.type()),
                "CREATE VIRTUAL TABLE {words} USING fts5(word)"))) {
            Events.append(store, Events.event("created"));
        }
        ForeignConnection.run(file, "CREATE TABLE mine (x)");

        try (SqliteEventStore store = open()) {
            store.withdraw("model");

            assertThat(store.query("SELECT name FROM sqlite_master WHERE name LIKE '%words%'"))
                    .isEmpty();
            assertThat(store.query("SELECT * FROM mine")).isEmpty();
        }
    }
}
