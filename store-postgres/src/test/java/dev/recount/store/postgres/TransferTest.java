package dev.recount.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.recount.event.NewEvent;
import dev.recount.event.StoredEvent;
import dev.recount.reaction.Lease;
import dev.recount.reaction.Reacted;
import dev.recount.reaction.ReactionId;
import dev.recount.reaction.StoredReaction;
import dev.recount.store.Append;
import dev.recount.store.Appended;
import dev.recount.store.EventStore;
import dev.recount.store.LogCorrupt;
import dev.recount.store.Query;
import dev.recount.store.Retention;
import dev.recount.store.StoreUnavailable;
import dev.recount.store.sqlite.SqliteEventStore;
import dev.recount.store.sqlite.SqliteOptions;
import dev.recount.store.sqlite.SqliteReactions;
import dev.recount.subscription.Checkpoint;
import dev.recount.transfer.Seal;
import dev.recount.transfer.Standing;
import dev.recount.transfer.TransferSource;
import dev.recount.transfer.TransferState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TransferTest {

    private static final Instant NOON = Instant.parse("2026-03-03T12:00:00.123456Z");

    private final PostgresOptions options = Server.options();

    @TempDir
    Path folder;

    private SqliteEventStore file;
    private PostgresTown town;

    @BeforeEach
    void open() {
        file = open("rig.db");
        town = PostgresTown.open(Server.dataSource(), options);
    }

    private SqliteEventStore open(String name) {
        return SqliteEventStore.open(
                folder.resolve(name), SqliteOptions.defaults().withClock(InstantSource.fixed(NOON)));
    }

    @AfterEach
    void close() {
        file.close();
        town.close();
    }

    @Test
    void a_log_that_was_moved_is_the_same_log_byte_by_byte() {
        fill(file);
        TransferState before = file.transferSource().state();

        Transferred moved = transfer().move("town");

        PostgresEventStore rig = rig();
        assertThat(moved).isEqualTo(new Transferred("rig", before.logId(), 12, 12, true));
        assertThat(rig.info()).isEqualTo(file.info());
        assertThat(Events.all(rig, Query.all())).isEqualTo(Events.all(file, Query.all()));
        assertThat(rig.transferSource().rows(0, 100))
                .isEqualTo(file.transferSource().rows(0, 100));
        assertThat(rig.transferSource().state()).isEqualTo(before);
        assertThat(rig.receipt("b")).isPresent().isEqualTo(file.receipt("b"));
        assertThat(Events.all(rig, Query.tagged("bead", "1"))).isEqualTo(Events.all(file, Query.tagged("bead", "1")));
    }

    @Test
    void a_log_with_a_floor_keeps_it_and_what_is_known_of_it() {
        fill(file);
        file.retain(Retention.newest(5).by("me"));
        file.consumers().advance("search", 9);
        TransferState before = file.transferSource().state();

        transfer().move("town");

        assertThat(before.floor()).isEqualTo(7);
        assertThat(rig().transferSource().state()).isEqualTo(before);
        assertThat(rig().transferSource().marks())
                .isEqualTo(file.transferSource().marks());
        assertThat(rig().consumers().list()).isEqualTo(file.consumers().list());
        assertThat(Events.sequences(rig())).containsExactly(8L, 9L, 10L, 11L, 12L);
    }

    @Test
    void a_log_of_which_nothing_is_left_is_moved_as_well() {
        fill(file);
        file.retain(Retention.newest(0));
        TransferState before = file.transferSource().state();

        transfer().move("town");

        assertThat(rig().transferSource().state()).isEqualTo(before);
        assertThat(rig().append(Append.of(Events.numbered(1))).first()).isEqualTo(13);
    }

    @Test
    void after_a_move_the_rig_goes_on_where_the_file_ends_and_the_file_takes_nothing() {
        Append command = Append.of(Events.numbered(2)).withReceipt("command");
        Appended first = file.append(command);

        transfer().move("the town");

        assertThatThrownBy(() -> file.append(Append.of(Events.numbered(1))))
                .isInstanceOf(StoreUnavailable.class)
                .hasMessage(
                        "Log " + file + " was moved to the town, at sequence 2, so nothing was stored here. Append to"
                                + " it there; here it can still be read.");
        Appended repeated = rig().append(command);
        assertThat(repeated).isEqualTo(new Appended(first.first(), first.last(), true));
        assertThat(rig().append(Append.of(Events.numbered(1))).first()).isEqualTo(3);
    }

    @Test
    void to_move_it_again_does_nothing() {
        fill(file);
        transfer().move("town");
        rig().append(Append.of(Events.numbered(1)));

        assertThat(transfer().move("town"))
                .isEqualTo(new Transferred("rig", rig().info().logId(), 13, 0, true));
        assertThat(transfer().copy().events()).isZero();
        assertThat(rig().info().head()).isEqualTo(13);
    }

    @Test
    void whoever_is_killed_at_any_moment_leaves_one_open_place_at_most_and_can_run_it_again() {
        int answers = 0;
        boolean whole = false;
        while (!whole) {
            String name = "rig" + answers;
            try (SqliteEventStore store = open(name + ".db")) {
                fill(store);
                whole = !isKilled(name, new KilledSource(store.transferSource(), answers));

                assertThat(openPlaces(store, name))
                        .as("open after %s answers", answers)
                        .isLessThanOrEqualTo(1);
                Transfer.of(store.transferSource(), town, name).move("town");
                assertThat(openPlaces(store, name)).isEqualTo(1);
                assertSame(store, town.rig(name));
                answers++;
            }
        }
        assertThat(answers).isGreaterThan(10);
    }

    private boolean isKilled(String name, TransferSource source) {
        try {
            Transfer.of(source, town, name).move("town");
            return false;
        } catch (KilledSource.Killed killed) {
            return true;
        }
    }

    private int openPlaces(SqliteEventStore store, String name) {
        int open = 0;
        List<EventStore> places = new ArrayList<>(List.of(store));
        town.existingRig(name).ifPresent(places::add);
        for (EventStore place : places) {
            try {
                place.append(Append.of(Events.numbered(1)));
                open++;
            } catch (StoreUnavailable refused) {
                assertThat(refused).hasMessageContaining(place == store ? "moved to" : "is a copy");
            }
        }
        return open;
    }

    private static void assertSame(SqliteEventStore store, EventStore rig) {
        assertThat(Events.all(rig, Query.all()))
                .startsWith(Events.all(store, Query.all()).toArray(StoredEvent[]::new));
        assertThat(rig.receipt("a")).isPresent().isEqualTo(store.receipt("a"));
    }

    @Test
    void writers_see_their_appends_once_each_over_a_move() throws Exception {
        CompletableFuture<Long> writer = CompletableFuture.supplyAsync(this::appendUntilRefused);
        file.awaitAfter(30, Duration.ofSeconds(60));

        Transferred moved = transfer().move("town");

        assertThat(writer.get(60, TimeUnit.SECONDS)).isEqualTo(moved.head());
        assertThat(Events.sequences(rig())).hasSize((int) moved.head());
    }

    private long appendUntilRefused() {
        long acknowledged = 0;
        try {
            while (true) {
                acknowledged = file.append(Append.of(Events.numbered(1))).last();
            }
        } catch (StoreUnavailable moved) {
            return acknowledged;
        }
    }

    @Test
    void a_copy_is_read_and_followed_and_takes_no_appends_and_is_moved_later() throws Exception {
        fill(file);
        assertThat(transfer().copy())
                .isEqualTo(new Transferred("rig", file.info().logId(), 12, 12, false));
        CompletableFuture<Boolean> waiting = CompletableFuture.supplyAsync(() -> awaits(rig(), 12));
        file.append(Append.of(Events.numbered(3)).withReceipt("later"));

        assertThatThrownBy(() -> rig().append(Append.of(Events.numbered(1))))
                .isInstanceOf(StoreUnavailable.class)
                .hasMessageContaining("is a copy of its source here");
        assertThatThrownBy(() -> rig().retain(Retention.newest(1))).isInstanceOf(StoreUnavailable.class);
        assertThatThrownBy(() -> PostgresReactions.of(rig()).register("r", new Checkpoint("x", 0)))
                .isInstanceOf(StoreUnavailable.class);

        assertThat(transfer().copy().events()).isEqualTo(3);
        assertThat(waiting.get(60, TimeUnit.SECONDS)).isTrue();
        assertThat(transfer().move("town").events()).isZero();
        assertThat(rig().receipt("later")).isPresent();
    }

    private static boolean awaits(EventStore store, long sequence) {
        try {
            return store.awaitAfter(sequence, Duration.ofSeconds(60));
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void retention_at_the_source_below_what_was_copied_is_no_matter() {
        fill(file);
        transfer().copy();
        file.append(Append.of(Events.numbered(2)));
        file.retain(Retention.newest(2));

        assertThat(transfer().copy().events()).isEqualTo(2);
        assertThat(Events.sequences(rig())).hasSize(14);
    }

    @Test
    void what_retention_removed_before_it_was_copied_is_told() {
        fill(file);
        transfer().copy();
        file.append(Append.of(Events.numbered(5)));
        file.retain(Retention.newest(2));

        assertThatThrownBy(() -> transfer().copy())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("has the events up to 12, and retention has removed those up to 15");
    }

    @Test
    void another_log_under_that_name_is_refused() {
        town.rig("rig").append(Append.of(Events.numbered(1)));
        fill(file);

        assertThatThrownBy(() -> transfer().move("town"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("is another log there");
        assertThat(file.append(Append.of(Events.numbered(1))).first()).isEqualTo(13);
    }

    @Test
    void the_same_log_under_another_name_is_refused() {
        fill(file);
        transfer().copy();

        assertThatThrownBy(
                        () -> Transfer.of(file.transferSource(), town, "other").copy())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("rig 'rig' of this schema is that log already");
    }

    @Test
    void a_source_that_went_another_way_is_refused() throws Exception {
        fill(file);
        Path older = folder.resolve("older.db");
        copyOf(older);
        file.append(Append.of(Events.numbered(1, "bead:a")));
        transfer().copy();

        try (SqliteEventStore other = SqliteEventStore.open(older)) {
            assertThatThrownBy(() ->
                            Transfer.of(other.transferSource(), town, "rig").copy())
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("an older copy was put in the source's place");
            other.append(Append.of(Events.numbered(2, "bead:b")));
            assertThatThrownBy(() ->
                            Transfer.of(other.transferSource(), town, "rig").copy())
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("went another way than its source at or before sequence 13");
        }
    }

    @Test
    void a_copy_of_the_file_that_was_taken_before_the_move_cannot_make_a_second_place() throws Exception {
        fill(file);
        Path older = folder.resolve("older.db");
        copyOf(older);
        transfer().move("town");

        try (SqliteEventStore other = SqliteEventStore.open(older)) {
            assertThatThrownBy(() ->
                            Transfer.of(other.transferSource(), town, "rig").move("town"))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("is open there, and log");
        }
    }

    @Test
    void a_move_that_was_broken_off_is_ended_where_it_was_begun_and_nowhere_else() {
        fill(file);
        assertThatThrownBy(() -> Transfer.of(new KilledSource(file.transferSource(), 7), town, "rig")
                        .move("town"))
                .isInstanceOf(KilledSource.Killed.class);
        assertThat(file.transferSource().state().standing()).isEqualTo(Standing.SEALED);

        try (PostgresTown other = PostgresTown.open(Server.dataSource(), Server.options())) {
            assertThatThrownBy(() ->
                            Transfer.of(file.transferSource(), other, "rig").move("other"))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("was moved to town, and not to this place");
            assertThat(other.rigs()).isEmpty();
        }
        transfer().move("town");
        assertThat(rig().append(Append.of(Events.numbered(1))).first()).isEqualTo(13);
    }

    @Test
    void a_rig_goes_to_another_database_and_comes_back() {
        fill(file);
        transfer().move("town");
        try (PostgresTown other = PostgresTown.open(Server.dataSource(), Server.options())) {
            Transfer.of(rig().transferSource(), other, "rig").move("other");
            assertThatThrownBy(() -> rig().append(Append.of(Events.numbered(1))))
                    .isInstanceOf(StoreUnavailable.class)
                    .hasMessageContaining("was moved to other");
            other.rig("rig").append(Append.of(Events.numbered(1)));
            assertThatThrownBy(() -> transfer().move("town"))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("was moved on from there");

            Transferred back =
                    Transfer.of(other.rig("rig").transferSource(), town, "rig").move("town");

            assertThat(back.events()).isEqualTo(1);
            assertThat(rig().append(Append.of(Events.numbered(1))).first()).isEqualTo(14);
            assertThatThrownBy(() -> other.rig("rig").append(Append.of(Events.numbered(1))))
                    .isInstanceOf(StoreUnavailable.class);
        }
    }

    @Test
    void an_event_that_was_changed_by_force_is_not_taken_in() throws Exception {
        fill(file);
        file.close();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("rig.db"));
                Statement statement = connection.createStatement()) {
            statement.execute("DROP TRIGGER recount_events_update");
            statement.execute("UPDATE recount_events SET data = '{}' WHERE sequence = 7");
        }
        file = open("rig.db");

        assertThatThrownBy(() -> transfer().move("town"))
                .isInstanceOf(LogCorrupt.class)
                .hasMessageContaining("Event 7 of the source is not what its hash covers");
        assertThat(file.append(Append.of(Events.numbered(1))).first()).isEqualTo(13);
    }

    @Test
    void what_reactors_have_to_do_goes_with_it() {
        fill(file);
        SqliteReactions reactions = SqliteReactions.of(file);
        reactions.register("tickets", new Checkpoint(file.info().logId(), 0));
        Lease lease =
                reactions.acquire("tickets", "me", NOON, NOON.plusSeconds(60)).orElseThrow();
        StoredReaction open = StoredReaction.pending(new ReactionId(3, 0), "key", NOON);
        reactions.advance(lease, new Reacted(5, Set.of(), List.of(open)));

        transfer().move("town");

        PostgresReactions there = PostgresReactions.of(rig());
        assertThat(there.list("tickets", StoredReaction.State.PENDING, 10)).containsExactly(open);
        assertThat(there.status("tickets").orElseThrow().checkpoint())
                .isEqualTo(new Checkpoint(file.info().logId(), 5));
        assertThat(there.acquire("tickets", "you", NOON, NOON.plusSeconds(60))
                        .orElseThrow()
                        .fence())
                .isGreaterThan(lease.fence());
        assertThatThrownBy(() -> reactions.renew(lease, NOON.plusSeconds(90))).isInstanceOf(StoreUnavailable.class);
    }

    @Test
    void what_is_told_to_stop_stops_and_goes_on_later() {
        fill(file);

        assertThatThrownBy(() -> transfer().stoppingWhen(() -> true).move("town"))
                .isInstanceOf(CancellationException.class);
        assertThat(file.transferSource().state().standing()).isEqualTo(Standing.OPEN);
        List<Long> told = new ArrayList<>();
        transfer().reportingTo(told::add).move("town");
        assertThat(told).containsExactly(12L);
    }

    @Test
    void who_knows_nothing_of_copies_and_seals_cannot_add_to_them() {
        fill(file);
        transfer().copy();
        assertThatThrownBy(this::addByForce)
                .hasMessageContaining("rig rig is not open here: it is a copy of its source");

        transfer().move("town");
        rig().transferSource().seal(new Seal("t", "elsewhere"));
        assertThatThrownBy(this::addByForce).hasMessageContaining("not open here: it was moved to elsewhere");
    }

    private void addByForce() throws SQLException {
        String events = options.schema() + ".events";
        Sql.run(
                Server.dataSource(),
                "INSERT INTO " + events + " SELECT rig, 13, type, version, tags, data, metadata, occurred_at,"
                        + " stored_at, chain FROM " + events + " WHERE sequence = 12");
    }

    // Nothing of the file is in its write-ahead log once the last store was closed.
    private void copyOf(Path target) throws IOException {
        file.close();
        Files.copy(folder.resolve("rig.db"), target);
        file = open("rig.db");
    }

    private Transfer transfer() {
        return Transfer.of(file.transferSource(), town, "rig");
    }

    private PostgresEventStore rig() {
        return town.rig("rig");
    }

    private static void fill(EventStore store) {
        store.append(Append.of(Events.numbered(6, "bead:1", "agent:toast")).withReceipt("a"));
        store.append(Append.of(List.of(
                Events.event("bead.hooked", "bead:1")
                        .withOccurredAt(Instant.EPOCH)
                        .withVersion(3),
                NewEvent.of("caf\u00e9 \ud83d\ude80", "\"\u4e16\u754c \u2028 \\u0000\""))));
        store.append(Append.of(Events.numbered(4, "bead:2")).withReceipt("b"));
        store.append(Append.of(List.of()).withReceipt("nothing \u0000"));
    }
}
