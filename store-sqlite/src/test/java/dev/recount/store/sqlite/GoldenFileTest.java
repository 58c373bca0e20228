package dev.recount.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recount.event.Metadata;
import dev.recount.event.NewEvent;
import dev.recount.event.StoredEvent;
import dev.recount.event.Tags;
import dev.recount.store.Append;
import dev.recount.store.LogInfo;
import dev.recount.store.Query;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every release opens the files of every format. {@code format-1.sqlite} was written once by {@link #main} of the first release
 * and stays as it is.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class GoldenFileTest {

    private static final Instant STORED_AT = Instant.parse("2026-03-03T10:00:00.123456Z");

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void a_copy_of_the_golden_file() throws IOException {
        file = folder.resolve("copy.db");
        try (InputStream golden = GoldenFileTest.class.getResourceAsStream("/format-1.sqlite")) {
            Files.copy(golden, file);
        }
    }

    /** Writes a golden file of today's format to the path given. */
    public static void main(String[] path) {
        SqliteOptions options = SqliteOptions.defaults().withClock(() -> STORED_AT);
        try (SqliteEventStore store = SqliteEventStore.open(Path.of(path[0]), options)) {
            store.append(Append.of(List.of(
                            NewEvent.of("bead.created", "{\"title\":\"Café \u4e16\"}")
                                    .withTags(Tags.of("bead", "gt-1").and("rig", "gastown"))
                                    .withMetadata(
                                            Metadata.empty().withActor("mayor").withCommandId("c-1"))
                                    .withOccurredAt(Instant.parse("2024-02-29T23:59:59.000001Z")),
                            NewEvent.of("bead.hooked", "[1,2.50,null]")
                                    .withVersion(3)
                                    .withTags(Tags.of("bead", "gt-1").and("agent", "toast"))))
                    .withReceipt("c-1"));
            store.append(Append.of(List.of(NewEvent.of("noted", "\"plain\""))));
        }
    }

    @Test
    void a_log_of_format_1_reads_as_it_was_written() {
        try (SqliteEventStore store = SqliteEventStore.openReadOnly(file)) {
            List<StoredEvent> events = Events.all(store);

            assertThat(events).hasSize(3);
            assertThat(events.get(0))
                    .isEqualTo(new StoredEvent(
                            1,
                            "bead.created",
                            1,
                            Tags.of("bead", "gt-1").and("rig", "gastown"),
                            "{\"title\":\"Café \u4e16\"}",
                            Metadata.empty().withActor("mayor").withCommandId("c-1"),
                            Instant.parse("2024-02-29T23:59:59.000001Z"),
                            STORED_AT));
            assertThat(events.get(1).version()).isEqualTo(3);
            assertThat(events.get(1).data()).isEqualTo("[1,2.50,null]");
            assertThat(events.get(2).occurredAt()).isEqualTo(STORED_AT);
            assertThat(Events.sequences(Events.all(store, Query.tagged("agent", "toast"))))
                    .containsExactly(2L);
            assertThat(store.receipt("c-1").orElseThrow().outcome().last()).isEqualTo(2);
        }
    }

    @Test
    void a_log_of_format_1_verifies_and_can_be_appended_to() {
        try (SqliteEventStore store = SqliteEventStore.open(file)) {
            LogInfo before = store.info();

            assertThat(store.append(Append.of(Events.numbered(2))).first()).isEqualTo(4);

            assertThat(store.info()).isEqualTo(new LogInfo(before.logId(), 5, 0));
            assertThat(store.check().problems()).isEmpty();
        }
    }
}
