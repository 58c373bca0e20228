package dev.recount.benchmarks.floor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recount.EventLog;
import dev.recount.benchmarks.beads.Bead;
import dev.recount.benchmarks.beads.BeadEvent;
import dev.recount.benchmarks.beads.BeadEvents;
import dev.recount.benchmarks.beads.BeadModels;
import dev.recount.codec.RecordedEvent;
import dev.recount.codec.jackson.JacksonCodec;
import dev.recount.event.NewEvent;
import dev.recount.event.StoredEvent;
import dev.recount.store.AppendCondition;
import dev.recount.store.Page;
import dev.recount.store.Query;
import dev.recount.store.ReadOptions;
import dev.recount.store.sqlite.SqliteEventStore;
import dev.recount.store.sqlite.SqliteOptions;
import dev.recount.store.sqlite.SqliteTown;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each floor does the same as the library does. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class SameResultsTest {

    private static final JacksonCodec<BeadEvent> CODEC = JacksonCodec.of(BeadEvent.class);
    private static final int BEADS = 70;

    @TempDir
    private Path folder;

    private final List<BeadEvent> events = BeadEvents.of(BEADS).take(BEADS * BeadEvents.PER_BEAD);
    private Path file;
    private SqliteEventStore store;
    private EventLog<BeadEvent> log;

    @BeforeEach
    void fill() {
        file = folder.resolve("ours.db");
        AtomicLong seconds = new AtomicLong(1_800_000_000);
        store = SqliteEventStore.open(
                file, SqliteOptions.defaults().withClock(() -> Instant.ofEpochSecond(seconds.getAndIncrement())));
        log = EventLog.of(store, CODEC);
        for (int from = 0; from < events.size(); from += 100) {
            log.append(events.subList(from, from + 100), AppendCondition.none(), BeadEvents.metadata());
        }
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void every_replay_gives_the_same_beads() throws Exception {
        Map<String, Bead> expected = new HashMap<>();
        events.forEach(event -> BeadModels.change(expected, event));

        assertThat(expected).hasSize(BEADS);
        assertThat(log.replay(BeadModels.inOwnedHashMap()).run().state()).isEqualTo(expected);
        assertThat(log.replay(BeadModels.inOwnedHashMap()).onOneThread().run().state())
                .isEqualTo(expected);
        assertThat(new HashMap<>(log.replay(BeadModels.inTransientMap()).run().state()))
                .isEqualTo(expected);
        assertThat(byHand()).isEqualTo(expected);
        assertThat(scanned()).isEqualTo(expected);
    }

    private Map<String, Bead> byHand() throws Exception {
        try (ByHandLog hand = ByHandLog.open(folder.resolve("hand.db"))) {
            hand.fill(events.iterator(), CODEC::encode);
            return hand.replay();
        }
    }

    private Map<String, Bead> scanned() throws Exception {
        Map<String, Bead> beads = new HashMap<>();
        try (PackedScan scan = PackedScan.open(file)) {
            scan.events(event -> BeadModels.change(beads, event));
        }
        return beads;
    }

    @Test
    void a_packed_scan_gives_every_event_in_order() throws Exception {
        List<BeadEvent> scanned = new ArrayList<>();
        try (PackedScan scan = PackedScan.open(file)) {
            scan.events(scanned::add);
        }

        assertThat(scanned).isEqualTo(events);
        assertThat(log.read(Query.all()).stream().map(RecordedEvent::event)).isEqualTo(events);
    }

    @Test
    void every_select_finds_what_the_store_finds() throws Exception {
        Query bead = Query.tagged("bead", BeadEvents.beadId(7));
        Query closed = Query.ofTypes("bead.closed");
        ReadOptions newest = ReadOptions.defaults().newestFirst();
        try (RawQueries raw = RawQueries.open(file)) {
            assertSame(raw.timeline("bead:" + BeadEvents.beadId(7)), store.read(bead, ReadOptions.defaults()));
            assertSame(raw.newest(20), store.read(Query.all(), newest.withLimit(20)));
            assertSame(raw.newestOfType("bead.closed", 30), store.read(closed, newest.withLimit(30)));
            assertThat(raw.scan()).isEqualTo(events.size());
            String time =
                    store.read(Query.all(), newest).events().get(400).storedAt().toString();
            assertThat(raw.sequenceAt(time.replace("Z", ".000000Z")))
                    .isEqualTo(store.sequenceAt(Instant.parse(time)))
                    .isPositive();
        }
    }

    private static void assertSame(List<RawQueries.Row> rows, Page page) {
        assertThat(rows).hasSameSizeAs(page.events()).isNotEmpty();
        for (int i = 0; i < rows.size(); i++) {
            RawQueries.Row row = rows.get(i);
            StoredEvent event = page.events().get(i);
            assertThat(row.sequence()).isEqualTo(event.sequence());
            assertThat(row.data()).isEqualTo(event.data());
            assertThat(row.tags()).isEqualTo(event.tags().toJson());
            assertThat(row.metadata()).isEqualTo(event.metadata().toJson());
        }
    }

    @Test
    void the_raw_log_stores_the_same_rows() throws Exception {
        Path rawFile = folder.resolve("raw.db");
        List<RawRow> rows = events.stream()
                .map(event -> RawRow.of(CODEC.encode(event).withMetadata(BeadEvents.metadata())))
                .toList();

        try (RawLog raw = RawLog.create(rawFile, "NORMAL")) {
            raw.append(rows.subList(0, 100));
            raw.append(rows.subList(100, rows.size()));
            assertThat(raw.head()).isEqualTo(events.size());
        }

        String columns = "SELECT sequence, type, version, tags, data, metadata, length(chain) FROM ";
        assertThat(rows(rawFile, columns + "events ORDER BY 1"))
                .hasSize(events.size())
                .isEqualTo(rows(file, columns + "recount_events ORDER BY 1"));
        assertThat(rows(rawFile, "SELECT tag, sequence FROM event_tags ORDER BY 1, 2"))
                .hasSize(3 * events.size())
                .isEqualTo(rows(file, "SELECT tag, sequence FROM recount_event_tags ORDER BY 1, 2"));
    }

    private static List<String> rows(Path file, String sql) throws Exception {
        List<String> rows = new ArrayList<>();
        try (Connection connection = Jdbc.toRead(file);
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(sql)) {
            while (found.next()) {
                StringBuilder row = new StringBuilder();
                for (int column = 1; column <= found.getMetaData().getColumnCount(); column++) {
                    row.append(found.getString(column)).append('|');
                }
                rows.add(row.toString());
            }
        }
        return rows;
    }

    @Test
    void the_check_by_hand_sees_every_event() throws Exception {
        assertThat(RawCheck.run(file)).isEqualTo(store.check().events()).isEqualTo(events.size());
    }

    @Test
    void the_town_by_hand_merges_all_rigs() throws Exception {
        Path other = folder.resolve("other.db");
        SqliteOptions later = SqliteOptions.defaults().withClock(() -> Instant.ofEpochSecond(1_800_000_005));
        try (SqliteEventStore second = SqliteEventStore.open(other, later);
                SqliteTown ours = SqliteTown.open(folder);
                RawTown town = RawTown.open(List.of(file, other))) {
            EventLog.of(second, CODEC).append(events.subList(0, 150), AppendCondition.none());

            List<String> times = town.newest(1_200).stream()
                    .map(row -> row.storedAt().substring(0, 19))
                    .toList();

            assertThat(times)
                    .hasSize(1_200)
                    .contains(second.read(Query.all(), ReadOptions.defaults())
                            .events()
                            .get(0)
                            .storedAt()
                            .toString()
                            .substring(0, 19))
                    .isEqualTo(ours.newest(Query.all(), 1_200).events().stream()
                            .map(found -> found.event().storedAt().toString().substring(0, 19))
                            .toList());
        }
    }

    @Test
    void the_list_under_a_lock_keeps_every_event() {
        LockedList list = new LockedList();
        List<NewEvent> encoded = events.stream().map(CODEC::encode).toList();

        encoded.forEach(list::append);

        assertThat(list.size()).isEqualTo(events.size());
    }
}
