package dev.recount.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.tuple;

import dev.recount.event.Metadata;
import dev.recount.event.NewEvent;
import dev.recount.event.StoredEvent;
import dev.recount.event.Tags;
import dev.recount.store.Append;
import dev.recount.store.Appended;
import dev.recount.store.Query;
import dev.recount.store.ReadOptions;
import dev.recount.store.Retention;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class LogCopyTest {

    @TempDir
    Path folder;

    private Instant now = Instant.parse("2020-01-01T00:00:00Z");
    private Path target;
    private SqliteEventStore store;

    @BeforeEach
    void open() {
        target = folder.resolve("copy.db");
        store = SqliteEventStore.open(
                folder.resolve("log.db"), SqliteOptions.defaults().withClock(() -> now));
    }

    @AfterEach
    void close() {
        store.close();
    }

    private Appended append(String key, String... types) {
        now = now.plusSeconds(60);
        List<NewEvent> events = Stream.of(types)
                .map(type -> NewEvent.of(type, "{\"of\":\"" + type + "\"}")
                        .withTags(Tags.of("bead", key))
                        .withVersion(2)
                        .withMetadata(Metadata.empty().with("note", "of " + key)))
                .toList();
        return store.append(Append.of(events).withReceiptFor(key, "content of " + key));
    }

    private static List<StoredEvent> all(SqliteEventStore log) {
        return log.read(Query.all(), ReadOptions.defaults()).events();
    }

    private LogCopy leavingOut(String type) {
        return LogCopy.of(store)
                .changing(stored -> stored.type().equals(type) ? List.of() : List.of(NewEvent.again(stored)));
    }

    private static NewEvent recorded(String type, int events) {
        return NewEvent.of(type, "{}")
                .withMetadata(Metadata.empty()
                        .with("command", "{}")
                        .with("commandType", "act")
                        .with("commandVersion", "1")
                        .with("commandEvents", Integer.toString(events)));
    }

    @Test
    void the_record_of_a_command_tells_how_many_of_its_events_are_left_so_that_none_of_another_is_taken_for_its() {
        store.append(Append.of(List.of(recorded("first", 3), NewEvent.of("dropped", "{}"), NewEvent.of("last", "{}"))));
        store.append(Append.of(List.of(NewEvent.of("of nobody", "{}"))));
        store.append(Append.of(List.of(recorded("dropped", 2), NewEvent.of("rest", "{}"))));
        store.append(Append.of(List.of(recorded("whole", 1), NewEvent.of("of nobody", "{}"))));
        store.append(Append.of(List.of(recorded("cut off", 7))));

        leavingOut("dropped").to(target);

        try (SqliteEventStore copy = SqliteEventStore.open(target)) {
            assertThat(all(copy))
                    .extracting(
                            StoredEvent::type,
                            event -> event.metadata().get("commandEvents").orElse(""))
                    .containsExactly(
                            tuple("first", "2"),
                            tuple("last", ""),
                            tuple("of nobody", ""),
                            tuple("rest", ""),
                            tuple("whole", "1"),
                            tuple("of nobody", ""),
                            tuple("cut off", "1"));
        }
    }

    @Test
    void a_copy_holds_the_same_events_under_an_id_of_its_own() {
        append("a", "created", "hooked");
        store.append(
                Append.of(List.of(NewEvent.of("early", "1").withOccurredAt(Instant.parse("2019-05-05T05:05:05Z")))));

        CopyReport report = LogCopy.of(store).to(target);

        try (SqliteEventStore copy = SqliteEventStore.open(target)) {
            assertThat(all(copy)).isEqualTo(all(store));
            assertThat(copy.check().problems()).isEmpty();
            assertThat(copy.logId()).isEqualTo(report.logId()).isNotEqualTo(store.logId());
            assertThat(report.source()).isEqualTo(store.logId());
            assertThat(report.ranges()).containsExactly(new CopiedRange(1, 3, 1, 1));
            assertThat(report.report()).isEqualTo("3 events were written of 3, and 1 receipts.");
            assertThat(copy.append(Append.of(List.of(NewEvent.of("next", "1")))).first())
                    .isEqualTo(4);
        }
    }

    @Test
    void events_are_kept_changed_split_and_dropped_in_order() {
        append("a", "created", "noise", "noise", "hooked", "renamed", "both", "created");

        CopyReport report = LogCopy.of(store)
                .changing(stored -> switch (stored.type()) {
                    case "noise" -> List.of();
                    case "renamed" -> List.of(NewEvent.of("new", "{}"));
                    case "both" -> List.of(NewEvent.of("one", "1"), NewEvent.of("two", "2"));
                    default -> List.of(NewEvent.again(stored));
                })
                .to(target);

        assertThat(report.types())
                .containsEntry("created", new CopiedType(2, 0, 0, 0))
                .containsEntry("noise", new CopiedType(0, 0, 0, 2))
                .containsEntry("renamed", new CopiedType(0, 1, 0, 0))
                .containsEntry("both", new CopiedType(0, 0, 1, 0));
        assertThat(report.ranges())
                .containsExactly(
                        new CopiedRange(1, 1, 1, 1),
                        new CopiedRange(2, 3, 2, 0),
                        new CopiedRange(4, 5, 2, 1),
                        new CopiedRange(6, 6, 4, 2),
                        new CopiedRange(7, 7, 6, 1));
        assertThat(Stream.of(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L, 99L).map(report::checkpoint))
                .containsExactly(0L, 1L, 1L, 1L, 2L, 3L, 5L, 6L, 6L);
        assertThat(report.report().lines())
                .containsExactly(
                        "both: 0 kept, 0 changed, 1 split, 0 dropped",
                        "noise: 0 kept, 0 changed, 0 split, 2 dropped",
                        "renamed: 0 kept, 1 changed, 0 split, 0 dropped",
                        "6 events were written of 7, and 1 receipts.");
        try (SqliteEventStore copy = SqliteEventStore.open(target)) {
            assertThat(all(copy).stream().map(StoredEvent::type))
                    .containsExactly("created", "hooked", "new", "one", "two", "created");
            assertThat(all(copy))
                    .allMatch(event ->
                            event.storedAt().equals(now) && event.occurredAt().equals(now));
            assertThat(copy.check().ok()).isTrue();
        }
    }

    @Test
    void receipts_tell_of_what_is_left_so_a_repeated_command_stays_harmless() {
        append("a", "created", "noise");
        append("b", "noise");
        append("c", "created", "created");

        leavingOut("noise").to(target);

        try (SqliteEventStore copy = SqliteEventStore.open(target)) {
            assertThat(copy.receipt("a").orElseThrow().outcome()).isEqualTo(new Appended(1, 1, false));
            assertThat(copy.receipt("b").orElseThrow().outcome()).isEqualTo(new Appended(2, 1, false));
            assertThat(copy.receipt("c").orElseThrow().outcome()).isEqualTo(new Appended(2, 3, false));
            Append again = Append.of(List.of(NewEvent.of("noise", "1"))).withReceiptFor("b", "content of b");
            assertThat(copy.append(again).repeated()).isTrue();
        }
    }

    @Test
    void a_log_with_a_floor_is_copied_from_there_on() {
        append("a", "created", "hooked", "closed");
        append("b", "created");
        store.retain(Retention.newest(2));

        CopyReport report = LogCopy.of(store).to(target);

        assertThat(report.ranges()).containsExactly(new CopiedRange(3, 4, 1, 1));
        assertThat(List.of(report.checkpoint(2), report.checkpoint(3))).containsExactly(0L, 1L);
        try (SqliteEventStore copy = SqliteEventStore.open(target)) {
            assertThat(copy.info().floor()).isZero();
            assertThat(copy.receipt("a").orElseThrow().outcome()).isEqualTo(new Appended(1, 1, false));
            assertThat(copy.check().ok()).isTrue();
        }
    }

    @Test
    void an_empty_log_and_one_of_which_nothing_is_kept_become_empty_logs() {
        LogCopy.of(store).to(target);
        append("a", "noise");
        leavingOut("noise").to(folder.resolve("other.db"));

        for (Path copied : List.of(target, folder.resolve("other.db"))) {
            try (SqliteEventStore copy = SqliteEventStore.open(copied)) {
                assertThat(all(copy)).isEmpty();
                assertThat(copy.check().ok()).isTrue();
            }
        }
    }

    @Test
    void a_file_that_is_there_stays_as_it_is() throws IOException {
        Files.writeString(target, "precious");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> LogCopy.of(store).to(target))
                .withMessage(
                        target + " exists already, and a copy replaces nothing. Give a path where there is no file.");

        assertThat(target).hasContent("precious");
    }

    @Test
    void a_part_that_is_there_is_not_touched() throws IOException {
        Path part = folder.resolve("copy.db.part");
        Files.writeString(part, "somebody's");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> LogCopy.of(store).to(target))
                .withMessageStartingWith(part + " exists: another copy is being made, or one was broken off.");

        assertThat(part).hasContent("somebody's");
    }

    @Test
    void whoever_stops_it_leaves_nothing() {
        append("a", "created");

        assertThatExceptionOfType(CancellationException.class)
                .isThrownBy(() -> LogCopy.of(store).stoppingWhen(() -> true).to(target))
                .withMessage("The copy was stopped at sequence 0 of 1. Nothing is left of it.");

        assertNothingIsLeft();
    }

    @Test
    void a_change_that_fails_names_the_event_and_leaves_nothing() {
        append("a", "created", "odd");

        assertThatIllegalStateException()
                .isThrownBy(() -> LogCopy.of(store)
                        .changing(stored ->
                                List.of(NewEvent.of(stored.type(), stored.type().equals("odd") ? "{" : "1")))
                        .to(target))
                .withMessageStartingWith("Event 2 of type odd could not be copied: ");

        assertNothingIsLeft();
    }

    @Test
    void a_row_that_other_hands_made_unreadable_can_be_left_out() throws SQLException {
        append("a", "created", "odd");
        ForeignConnection.tamper(folder.resolve("log.db"), "UPDATE recount_events SET data = '{' WHERE sequence = 2");
        LogCopy plain = LogCopy.of(store);

        assertThatIllegalStateException()
                .isThrownBy(() -> plain.to(target))
                .withMessageStartingWith("Event 2 of type odd could not be copied: ");

        leavingOut("odd").to(target);
        try (SqliteEventStore copy = SqliteEventStore.open(target)) {
            assertThat(copy.check().ok()).isTrue();
        }
    }

    @Test
    void it_tells_how_far_it_is() {
        store.append(Append.of(Events.numbered(15_000)));
        List<Long> told = new ArrayList<>();

        CopyReport report = LogCopy.of(store).reportingTo(told::add).to(target);

        assertThat(told).hasSizeGreaterThan(1).endsWith(15_000L).isSorted();
        assertThat(report.written()).isEqualTo(15_000);
    }

    @Test
    void a_process_that_is_killed_leaves_a_part_and_no_log() throws Exception {
        store.append(Append.of(Events.numbered(1)));
        try (Child child = Child.start("copy", folder.resolve("log.db"), target)) {
            assertThat(child.readLine()).isEqualTo("copying");
            child.kill();
        }

        assertThat(target).doesNotExist();
        assertThat(folder.resolve("copy.db.part")).exists();
    }

    private void assertNothingIsLeft() {
        String[] names = folder.toFile().list((directory, name) -> name.startsWith("copy"));
        assertThat(names).isEmpty();
    }
}
