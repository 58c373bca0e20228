package dev.recount.store.sqlite;

import static dev.recount.store.sqlite.Events.numbered;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.tuple;

import dev.recount.event.NewEvent;
import dev.recount.event.Tags;
import dev.recount.internal.log.EventChecker;
import dev.recount.internal.log.Problems;
import dev.recount.store.Append;
import dev.recount.store.EventsRemoved;
import dev.recount.store.LogCheck;
import dev.recount.store.LogConsumer;
import dev.recount.store.LogConsumers;
import dev.recount.store.Query;
import dev.recount.store.ReadOptions;
import dev.recount.store.Retained;
import dev.recount.store.Retention;
import dev.recount.store.RetentionRecord;
import dev.recount.store.RetentionRefused;
import dev.recount.store.StoreUnavailable;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RetentionTest {

    @TempDir
    Path folder;

    private Path file;
    private SqliteEventStore store;

    @BeforeEach
    void open() {
        file = folder.resolve("log.db");
        store = SqliteEventStore.open(file);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private void append(int count) {
        List<NewEvent> events = IntStream.rangeClosed(1, count)
                .mapToObj(i -> NewEvent.of("counted", "{\"number\":" + i + "}")
                        .withTags(Tags.of("bead", "gt-" + i % 7).and("agent", "toast")))
                .toList();
        store.append(Append.of(events));
    }

    private long count(String table) {
        return ((Number)
                        store.query("SELECT count(*) AS n FROM " + table).get(0).get("n"))
                .longValue();
    }

    @Nested
    class What_is_removed {

        @Test
        void rows_and_their_tags_go_and_the_rest_still_verifies() {
            append(2_500);

            assertThat(store.retain(Retention.newest(200))).isEqualTo(new Retained(0, 2_300, 2_300));

            assertThat(count("recount_events")).isEqualTo(200);
            assertThat(count("recount_event_tags")).isEqualTo(400);
            LogCheck check = store.check();
            assertThat(check.problems()).isEmpty();
            assertThat(List.of(check.events(), check.floor(), check.head())).containsExactly(200L, 2_300L, 2_500L);
        }

        @Test
        void it_is_removed_in_batches_between_which_others_append() {
            append(2_500);
            List<Long> floors = new ArrayList<>();

            store.retain(Retention.newest(0).reportingTo(floor -> {
                floors.add(floor);
                append(1);
            }));

            assertThat(floors).containsExactly(1_000L, 2_000L, 2_500L);
            assertThat(store.info().head()).isEqualTo(2_503);
            assertThat(store.check().ok()).isTrue();
        }

        @Test
        void whoever_stops_it_leaves_a_log_with_a_floor_in_between_and_can_go_on() {
            append(2_500);
            AtomicInteger batches = new AtomicInteger();
            Retention all = Retention.newest(100);

            assertThatExceptionOfType(CancellationException.class)
                    .isThrownBy(() -> store.retain(all.stoppingWhen(() -> batches.incrementAndGet() == 2)))
                    .withMessage("The retention of log " + store + " was stopped at sequence 2000 of 2400. What it has"
                            + " removed stays removed; run it again to go on.");

            assertThat(store.info().floor()).isEqualTo(2_000);
            assertThat(store.check().ok()).isTrue();
            assertThat(store.retain(all)).isEqualTo(new Retained(2_000, 2_400, 400));
            assertThat(store.check().ok()).isTrue();
        }

        @Test
        void an_interrupted_thread_stops_between_two_batches() {
            append(1_500);
            Retention all = Retention.newest(0)
                    .reportingTo(floor -> Thread.currentThread().interrupt());

            assertThatExceptionOfType(CancellationException.class).isThrownBy(() -> store.retain(all));

            assertThat(Thread.interrupted()).isTrue();
            assertThat(store.info().floor()).isEqualTo(1_000);
        }

        @Test
        void rows_of_unreadable_tags_are_removed_too() throws SQLException {
            append(5);
            ForeignConnection.tamper(file, "UPDATE recount_events SET tags = 'nonsense' WHERE sequence = 2");

            store.retain(Retention.newest(2));

            assertThat(count("recount_events")).isEqualTo(2);
        }

        @Test
        void what_another_program_left_below_the_floor_is_not_read_is_no_damage_and_goes_next_time()
                throws SQLException {
            append(9);
            ForeignConnection.run(
                    file,
                    "UPDATE recount_log SET floor = 9,"
                            + " floor_chain = (SELECT chain FROM recount_events WHERE sequence = 9)",
                    "DELETE FROM recount_events WHERE sequence > 6");
            store.close();
            open();

            assertThat(store.read(Query.all(), ReadOptions.defaults()).events()).isEmpty();
            assertThat(store.read(Query.tagged("agent", "toast"), ReadOptions.defaults())
                            .events())
                    .isEmpty();
            assertThat(store.read(Query.all(), ReadOptions.defaults().newestFirst())
                            .events())
                    .isEmpty();
            assertThat(store.check().problems()).isEmpty();

            assertThat(store.retain(Retention.newest(5))).isEqualTo(new Retained(9, 9, 6));
            assertThat(count("recount_events")).isZero();
        }

        @Test
        void a_store_that_was_opened_to_read_removes_nothing() {
            append(5);
            try (SqliteEventStore reader = SqliteEventStore.openReadOnly(file)) {
                assertThatExceptionOfType(StoreUnavailable.class).isThrownBy(() -> reader.retain(Retention.newest(1)));
                assertThat(reader.retain(Retention.newest(1).asDryRun())).isEqualTo(new Retained(0, 4, 4));
            }
        }

        @Test
        void a_check_beside_it_finds_nothing_wrong() {
            append(9_000);
            AtomicInteger checks = new AtomicInteger();

            store.retain(Retention.newest(10).reportingTo(floor -> {
                assertThat(store.check().problems()).isEmpty();
                checks.incrementAndGet();
            }));

            assertThat(checks).hasValue(9);
        }

        @Test
        void events_that_go_while_a_check_is_at_them_are_not_missing() throws SQLException {
            append(3_500);
            LogRow before = store.look(session -> LogRow.load(session, file));
            EventChecker events = new EventChecker(before.floor(), bytes(before.floorChain()), new Problems());
            store.retain(Retention.newest(1_000));

            LogRow now = store.look(session -> LogRow.load(session, file));
            events.goOnFrom(now.floor(), bytes(now.floorChain()));
            store.look(session -> {
                try (var rows = session.prepare("SELECT " + EventColumns.ALL + ", e.chain FROM recount_events e")
                        .executeQuery()) {
                    while (rows.next()) {
                        events.take(EventColumns.read(rows), rows.getBytes(9));
                    }
                }
                return true;
            });
            events.finish(before.head(), bytes(before.headChain()));

            assertThat(events.isChainWhole()).isTrue();
            assertThat(events.count()).isEqualTo(1_000);
        }

        private static byte[] bytes(String hash) {
            return HexFormat.of().parseHex(hash);
        }
    }

    @Nested
    class Consumers {

        @Test
        void nothing_is_removed_that_a_registered_consumer_has_yet_to_read() {
            append(9);
            store.consumers().advance("search", 4);
            store.consumers().advance("mail", 8);

            assertThatExceptionOfType(RetentionRefused.class)
                    .isThrownBy(() -> store.retain(Retention.newest(2)))
                    .satisfies(refused -> assertThat(refused.consumer().name()).isEqualTo("search"))
                    .withMessage(
                            "Events up to sequence 7 cannot be removed: consumer 'search' has read up to 4 only. Let it"
                                    + " read on, remove it where it is gone for good, or keep more.");
            assertThatExceptionOfType(RetentionRefused.class)
                    .isThrownBy(() -> store.retain(Retention.newest(2).asDryRun()));

            assertThat(store.info().floor()).isZero();
            assertThat(store.retain(Retention.from(5)).floor()).isEqualTo(4);
        }

        @Test
        void one_that_reads_on_or_is_removed_no_longer_holds_it_up() {
            append(9);
            store.consumers().advance("search", 4);
            store.consumers().advance("mail", 1);

            store.consumers().advance("search", 9);
            assertThat(store.consumers().remove("mail")).isTrue();
            assertThat(store.consumers().remove("mail")).isFalse();

            assertThat(store.retain(Retention.newest(2)).floor()).isEqualTo(7);
        }

        @Test
        void read_models_of_the_file_hold_it_up_as_well() throws SQLException {
            append(9);
            ForeignConnection.run(
                    file, "INSERT INTO recount_read_models (name, version, checkpoint) VALUES ('beads', 1, 3)");

            assertThatExceptionOfType(RetentionRefused.class)
                    .isThrownBy(() -> store.retain(Retention.newest(2)))
                    .withMessageContaining("read model 'beads' has read up to 3 only");
        }

        @Test
        void one_that_registers_between_two_batches_stops_the_rest() {
            append(2_500);
            Retention all =
                    Retention.newest(0).reportingTo(floor -> store.consumers().advance("late", 1_500));

            assertThatExceptionOfType(RetentionRefused.class).isThrownBy(() -> store.retain(all));

            assertThat(store.info().floor()).isEqualTo(1_000);
        }

        @Test
        void they_are_listed_the_slowest_first() {
            append(9);
            store.consumers().advance("b", 7);
            store.consumers().advance("a", 7);
            store.consumers().advance("c", 2);

            assertThat(store.consumers().list())
                    .extracting(LogConsumer::toString)
                    .containsExactly("consumer 'c' at 2", "consumer 'a' at 7", "consumer 'b' at 7");
            assertThat(store.consumers().list())
                    .allMatch(consumer -> consumer.seenAt().isPresent());
        }

        @Test
        void a_checkpoint_that_cannot_be_one_is_refused() {
            append(9);
            store.retain(Retention.newest(4));
            LogConsumers consumers = store.consumers();

            assertThatIllegalArgumentException().isThrownBy(() -> consumers.advance("a", 10));
            assertThatIllegalArgumentException().isThrownBy(() -> consumers.advance("a", -1));
            assertThatIllegalArgumentException().isThrownBy(() -> consumers.advance(" ", 7));
            assertThatExceptionOfType(EventsRemoved.class).isThrownBy(() -> consumers.advance("a", 4));

            consumers.advance("a", 0);
            assertThat(consumers.list().get(0).checkpoint()).isEqualTo(5);
        }
    }

    @Nested
    class Records {

        @Test
        void each_run_leaves_one_however_many_batches_it_took() {
            append(2_500);
            assertThat(store.retentions()).isEmpty();

            store.retain(Retention.newest(100).by("nightly"));
            store.retain(Retention.newest(100));
            store.retain(Retention.newest(50));

            assertThat(store.retentions())
                    .extracting(
                            RetentionRecord::by,
                            RetentionRecord::floorBefore,
                            RetentionRecord::floor,
                            RetentionRecord::events)
                    .containsExactly(
                            tuple(Optional.of("nightly"), 0L, 2_400L, 2_400L),
                            tuple(Optional.empty(), 2_400L, 2_450L, 50L));
        }

        @Test
        void nobody_can_remove_or_rewrite_one() {
            append(5);
            store.retain(Retention.newest(1));

            for (String forbidden : List.of(
                    "DELETE FROM recount_retentions",
                    "UPDATE recount_retentions SET events = 0",
                    "UPDATE recount_retentions SET requested_by = 'nobody'")) {
                assertThatExceptionOfType(SQLException.class)
                        .isThrownBy(() -> ForeignConnection.run(file, forbidden))
                        .withMessageContaining("append only: a record of what was removed");
            }
        }
    }

    @Test
    void tags_are_removed_along_their_index() {
        append(3);
        store.look(session -> {
            String sql = "EXPLAIN QUERY PLAN " + RetentionRun.REMOVE_TAGS;
            assertThat(session.rows(sql, 2).stream().map(row -> String.valueOf(row.get("detail"))))
                    .anyMatch(step -> step.startsWith("SEARCH recount_event_tags USING PRIMARY KEY"));
            return true;
        });
    }

    @Test
    void a_process_that_is_killed_in_the_middle_leaves_a_whole_log() throws Exception {
        store.append(Append.of(numbered(1)));
        for (int round = 0; round < 3; round++) {
            append(6_000);
            long before = store.info().floor();
            try (Child child = Child.start("retain", file)) {
                assertThat(child.readLine()).startsWith("floor ");
                child.kill();
            }

            assertThat(store.check().problems()).isEmpty();
            assertThat(store.info().floor()).isGreaterThan(before);
            assertThat(store.retentions())
                    .last()
                    .extracting(RetentionRecord::floor)
                    .isEqualTo(store.info().floor());
        }
        store.retain(Retention.newest(10));
        assertThat(count("recount_events")).isEqualTo(10);
        assertThat(count("recount_event_tags")).isEqualTo(20);
    }
}
