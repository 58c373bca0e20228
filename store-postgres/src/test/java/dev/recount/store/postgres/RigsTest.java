package dev.recount.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.recount.event.StoredEvent;
import dev.recount.event.Tags;
import dev.recount.store.Append;
import dev.recount.store.LogCorrupt;
import dev.recount.store.Query;
import dev.recount.store.StoreClosed;
import dev.recount.store.StoreUnavailable;
import dev.recount.store.sqlite.SqliteEventStore;
import dev.recount.store.sqlite.SqliteOptions;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RigsTest {

    private static final Instant NOON = Instant.parse("2026-03-03T12:00:00.123456Z");

    private final PostgresOptions options = Server.options();

    @TempDir
    Path folder;

    @Test
    void each_rig_counts_for_itself_and_the_town_knows_them() {
        try (PostgresTown town = PostgresTown.open(Server.dataSource(), options)) {
            assertThat(town.rigs()).isEmpty();
            assertThat(town.existingRig("gastown")).isEmpty();

            town.rig("gastown").append(Append.of(Events.numbered(3)));
            town.rig("beads").append(Append.of(Events.numbered(2)));

            assertThat(town.rigs()).containsExactly("beads", "gastown");
            assertThat(Events.sequences(town.rig("gastown"))).containsExactly(1L, 2L, 3L);
            assertThat(Events.sequences(town.existingRig("beads").orElseThrow()))
                    .containsExactly(1L, 2L);
        }
    }

    @Test
    void a_rig_whose_lock_is_held_holds_up_no_other() throws Exception {
        PostgresOptions impatient = options.withBusyTimeout(Duration.ofMillis(100));
        try (PostgresTown town = PostgresTown.open(Server.dataSource(), impatient)) {
            PostgresEventStore held = town.rig("held");
            try (Connection connection = Server.dataSource().getConnection();
                    Statement statement = connection.createStatement()) {
                connection.setAutoCommit(false);
                statement.execute("SELECT 1 FROM " + options.schema() + ".rigs WHERE name = 'held' FOR UPDATE");

                assertThat(town.rig("free")
                                .append(Append.of(Events.numbered(1)))
                                .first())
                        .isEqualTo(1);
                assertThat(held.info().head()).isZero();
                assertThatThrownBy(() -> held.append(Append.of(Events.numbered(1))))
                        .isInstanceOf(StoreUnavailable.class)
                        .hasMessageContaining("held by another writer");
            }
            assertThat(held.append(Append.of(Events.numbered(1))).first()).isEqualTo(1);
        }
    }

    @Test
    void the_same_events_have_the_same_hashes_as_in_a_file() {
        InstantSource clock = InstantSource.fixed(NOON);
        Append odd = Append.of(List.of(
                Events.event("bead.hooked", "bead:gt-1", "agent:toast")
                        .withOccurredAt(Instant.EPOCH)
                        .withVersion(3),
                Events.event("caf\u00e9 \ud83d\ude80", "key:\u4e16\u754c")));
        try (SqliteEventStore file = SqliteEventStore.open(
                        folder.resolve("rig.db"), SqliteOptions.defaults().withClock(clock));
                PostgresEventStore store =
                        PostgresEventStore.open(Server.dataSource(), "rig", options.withClock(clock))) {
            file.append(odd);
            store.append(odd);
            file.append(Append.of(Events.numbered(3, "bead:1")));
            store.append(Append.of(Events.numbered(3, "bead:1")));

            for (long sequence = 0; sequence <= 5; sequence++) {
                assertThat(store.chainAt(sequence)).isPresent().isEqualTo(file.chainAt(sequence));
            }
        }
    }

    @Test
    void a_tag_that_is_longer_than_an_index_takes_is_found() {
        Tags longest = Tags.of("\u4e16".repeat(500), randomHan(500));
        Tags shorter = Tags.of("\u4e16".repeat(500), "\u754c".repeat(499));
        try (PostgresEventStore store = PostgresEventStore.open(Server.dataSource(), "rig", options)) {
            store.append(Append.of(List.of(
                    Events.event("a").withTags(longest.and("bead", "1")),
                    Events.event("b").withTags(shorter))));

            assertThat(types(store, Query.taggedWithAll(longest))).containsExactly("a");
            assertThat(types(store, Query.taggedWithAll(longest.and("bead", "1"))))
                    .containsExactly("a");
            assertThat(types(store, Query.taggedWithAll(shorter))).containsExactly("b");
        }
    }

    @Test
    void what_no_text_of_the_server_can_hold_is_found_nowhere_and_harms_nothing() {
        Append append = Append.of(Events.numbered(1)).withReceipt("com\u0000mand");
        try (PostgresEventStore store = PostgresEventStore.open(Server.dataSource(), "rig", options)) {
            store.append(append);

            assertThat(store.append(append).repeated()).isTrue();
            assertThat(store.receipt("com")).isEmpty();
            assertThat(types(store, Query.ofTypes("coun\u0000ted", "\ud800"))).isEmpty();
            assertThat(types(store, Query.ofTypes("coun\u0000ted", "counted"))).containsExactly("counted");
            Query both = Query.ofTypes("coun\u0000ted").and(Query.tagged("bead", "1"));
            assertThat(types(store, both)).isEmpty();
        }
    }

    @Test
    void what_the_host_has_set_for_its_connections_changes_nothing() throws Exception {
        try (HikariDataSource strict = Pools.serializable(Server.url())) {
            try (PostgresEventStore one = PostgresEventStore.open(strict, "rig", options);
                    PostgresEventStore two = PostgresEventStore.open(strict, "rig", options)) {
                List<CompletableFuture<Void>> writers = List.of(
                        CompletableFuture.runAsync(() -> ChildMain.write(one, "one", 10)),
                        CompletableFuture.runAsync(() -> ChildMain.write(two, "two", 10)));
                for (CompletableFuture<Void> writer : writers) {
                    writer.get(60, TimeUnit.SECONDS);
                }

                assertThat(Events.all(one, Query.tagged("counter", "1")))
                        .extracting(event -> Integer.parseInt(event.data()))
                        .isEqualTo(IntStream.rangeClosed(1, 20).boxed().toList());
            }
        }
    }

    @Test
    void an_event_that_another_program_put_after_the_head_is_not_read_and_stops_appends() throws Exception {
        try (PostgresEventStore store = PostgresEventStore.open(Server.dataSource(), "rig", options)) {
            store.append(Append.of(Events.numbered(1)));
            String events = options.schema() + ".events";
            Sql.run(
                    Server.dataSource(),
                    "INSERT INTO " + events
                            + " SELECT rig, 2, type, version, tags, data, metadata, occurred_at, stored_at,"
                            + " chain FROM " + events);

            assertThat(Events.sequences(store)).containsExactly(1L);
            assertThatThrownBy(() -> store.append(Append.of(Events.numbered(1))))
                    .isInstanceOf(LogCorrupt.class)
                    .hasMessageContaining("another program has written past its head");
        }
    }

    @Test
    void an_append_is_told_to_all_who_listen() throws Exception {
        try (PostgresEventStore store = PostgresEventStore.open(Server.dataSource(), "rig", options);
                Connection connection = Server.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("LISTEN recount_" + options.schema());

            store.append(Append.of(Events.numbered(1)));

            PGNotification[] told = connection.unwrap(PGConnection.class).getNotifications(60_000);
            assertThat(told)
                    .extracting(PGNotification::getParameter)
                    .containsExactly(String.valueOf(store.rig().key()));
            statement.execute("UNLISTEN *");
        }
    }

    @Test
    void a_town_that_is_closed_closes_its_rigs_and_leaves_the_connections_open() throws Exception {
        PostgresTown town = PostgresTown.open(Server.dataSource(), options);
        PostgresEventStore rig = town.rig("rig");

        town.close();
        town.close();

        assertThatThrownBy(rig::info).isInstanceOf(StoreClosed.class);
        assertThatThrownBy(() -> town.rig("rig")).isInstanceOf(StoreClosed.class);
        assertThat(Sql.text(Server.dataSource(), "SELECT 1")).isEqualTo("1");
    }

    private static List<String> types(PostgresEventStore store, Query query) {
        return Events.all(store, query).stream().map(StoredEvent::type).toList();
    }

    // Text that cannot be compressed.
    private static String randomHan(int characters) {
        return new Random(7)
                .ints(characters, 0x4e00, 0x9fff)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
