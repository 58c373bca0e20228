package dev.recount.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.recount.event.NewEvent;
import dev.recount.examples.town.BeadCommand;
import dev.recount.examples.town.BeadDetails;
import dev.recount.examples.town.BeadType;
import dev.recount.examples.town.TownLog;
import dev.recount.store.Append;
import dev.recount.store.EventStore;
import dev.recount.store.Retention;
import dev.recount.store.StoreUnavailable;
import dev.recount.store.postgres.PostgresEventStore;
import dev.recount.store.postgres.PostgresOptions;
import dev.recount.store.sqlite.Durability;
import dev.recount.store.sqlite.SqliteEventStore;
import dev.recount.store.sqlite.SqliteOptions;
import dev.recount.store.sqlite.SqliteTown;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

/** Row G26: all rigs of a town in PostgreSQL, each event exactly once, whatever happens on the way. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ReplicateTest {

    private static final Instant NOW = Instant.parse("2026-03-03T10:00:00Z");

    private final String schema = Postgres.schema();

    @TempDir
    Path town;

    @Test
    void every_rig_is_copied_and_compared_and_what_comes_later_is_added() {
        create("beads", 3);
        create("gastown", 2);

        Cli first = replicate();
        append("beads", 1);
        create("third", 1);
        Cli second = replicate();

        assertThat(first.status()).as(first.err()).isZero();
        assertThat(first.jsonLines())
                .extracting(line -> line.path("rig").asText(""))
                .containsExactly("beads", "gastown", "");
        assertThat(first.jsonLines().get(0).path("verified").booleanValue()).isTrue();
        assertThat(first.jsonLines().get(0).path("compared").longValue()).isEqualTo(3);
        assertThat(first.jsonLines().get(2).toString())
                .isEqualTo("{\"rigs\":2,\"events\":5,\"lag\":0,\"brokenRigs\":0}");
        assertThat(second.jsonLines())
                .extracting(line -> line.path("events").longValue())
                .containsExactly(1L, 0L, 1L, 2L);
        assertThat(Postgres.texts("SELECT rig || ' ' || count(*) FROM " + schema
                        + ".event_log WHERE data::jsonb IS NOT NULL GROUP BY rig ORDER BY rig"))
                .containsExactly("beads 4", "gastown 2", "third 1");
    }

    @Test
    void a_copy_takes_no_appends_until_it_is_promoted_which_copies_the_rest_only() {
        Path rig = create("beads", 3);
        replicate();
        append("beads", 2);

        assertThatThrownBy(() -> withCopy("beads", copy -> copy.append(Append.of(List.of(NewEvent.of("a", "{}"))))))
                .isInstanceOf(StoreUnavailable.class)
                .hasMessageContaining("is a copy of its source here");
        JsonNode promoted = Cli.run("promote", rig, "--to", Postgres.url(), "--schema", schema, "--json")
                .json();

        assertThat(promoted.path("copied").longValue()).isEqualTo(2);
        assertThat(promoted.path("events").longValue()).isEqualTo(5);
        withCopy("beads", copy -> copy.append(Append.of(List.of(NewEvent.of("a", "{}")))));
        assertThat(replicate().status()).isZero();
    }

    @Test
    void a_rig_that_cannot_be_copied_is_named_and_the_others_are_copied() throws IOException {
        create("beads", 3);
        create("gastown", 2);
        replicate();
        Files.delete(town.resolve("beads.db"));
        create("beads", 1);
        Files.writeString(
                town.resolve("notes.db"), "These are notes, longer than a header of a hundred bytes.".repeat(5));
        append("gastown", 1);

        Cli told = replicate();

        assertThat(told.status()).isEqualTo(3);
        assertThat(told.jsonLines().get(0).path("reason").textValue()).contains("is another log there");
        assertThat(told.jsonLines().get(1).path("head").longValue()).isEqualTo(3);
        assertThat(told.jsonLines().get(1).path("verified").booleanValue()).isTrue();
        assertThat(told.jsonLines().get(2).path("reason").textValue()).contains("notes.db");
        assertThat(told.jsonLines().get(3).path("brokenRigs").longValue()).isEqualTo(2);
    }

    @Test
    void what_retention_removes_at_the_source_stays_in_the_copy() {
        Path rig = create("beads", 5);
        replicate();
        try (SqliteEventStore store = SqliteEventStore.open(rig)) {
            store.retain(Retention.newest(2));
        }
        append("beads", 1);

        Cli told = replicate();

        assertThat(told.status()).as(told.out()).isZero();
        assertThat(told.jsonLines().get(0).path("head").longValue()).isEqualTo(6);
        assertThat(Postgres.texts("SELECT count(*) FROM " + schema + ".event_log"))
                .containsExactly("6");
    }

    @Test
    void a_town_that_is_missing_is_told() {
        Cli told = Cli.run("replicate", town.resolve("none"), "--to", Postgres.url());

        assertThat(told.status()).isEqualTo(2);
        assertThat(told.err()).contains("There is no directory");
    }

    @Test
    @Timeout(600)
    void a_hundred_rigs_are_followed_while_they_are_written_to_and_the_follower_is_killed_again_and_again()
            throws Exception {
        List<String> rigs = IntStream.range(0, 100).mapToObj(i -> "rig" + i).toList();
        SqliteOptions quick =
                SqliteOptions.defaults().withDurability(Durability.NORMAL).withMaxOpenRigs(100);
        Semaphore allowed = new Semaphore(0);
        AtomicBoolean enough = new AtomicBoolean();
        long written;
        try (SqliteTown open = SqliteTown.open(town, quick)) {
            rigs.forEach(rig -> create(open.rig(rig), rig, 1));
            CompletableFuture<Long> writer =
                    CompletableFuture.supplyAsync(() -> writeUntil(enough, allowed, open, rigs));
            try {
                for (int life = 1; life <= 3; life++) {
                    killOnceItHasCopied(allowed);
                }
                assertThat(writer).isNotDone();
            } finally {
                enough.set(true);
                written = writer.get(60, TimeUnit.SECONDS);
            }
        }

        Cli told = replicate();

        assertThat(told.status()).as(told.err()).isZero();
        List<JsonNode> lines = told.jsonLines();
        assertThat(lines.subList(0, 100)).allSatisfy(line -> {
            assertThat(line.path("verified").booleanValue()).isTrue();
            assertThat(line.path("counted").longValue())
                    .isEqualTo(line.path("head").longValue());
            assertThat(line.path("compared").longValue()).isPositive();
        });
        assertThat(Postgres.texts(
                        "SELECT count(*) || ' ' || count(DISTINCT (rig, sequence)) FROM " + schema + ".event_log"))
                .containsExactly((100 + written) + " " + (100 + written));
    }

    // At the pace of the follower, or what is to be compared in the end would grow with how slow the machine is.
    private static long writeUntil(AtomicBoolean enough, Semaphore allowed, SqliteTown open, List<String> rigs) {
        Random random = new Random(7);
        long written = 0;
        while (!enough.get()) {
            if (allowed.tryAcquire()) {
                String rig = rigs.get(random.nextInt(rigs.size()));
                create(open.rig(rig), rig + "-" + written, 1);
                written++;
            } else {
                LockSupport.parkNanos(1_000_000);
            }
        }
        return written;
    }

    // In the middle of its work: it has copied something in this life, and there is always more.
    private void killOnceItHasCopied(Semaphore allowed) throws Exception {
        allowed.release(200);
        Process follower = start();
        try (BufferedReader out = follower.inputReader(StandardCharsets.UTF_8)) {
            String line = out.readLine();
            for (int i = 0; i < 20 && line != null; i++) {
                assertThat(Cli.parse(line).has("broken")).as(line).isFalse();
                allowed.release(20);
                line = out.readLine();
            }
            assertThat(line).as("what %s says", follower).isNotNull();
        } finally {
            follower.destroyForcibly();
            assertThat(follower.waitFor(60, TimeUnit.SECONDS)).isTrue();
        }
    }

    private Process start() throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        if (Runtime.version().feature() >= 22) {
            command.add("--enable-native-access=ALL-UNNAMED");
        }
        command.addAll(List.of("-Xmx128m", "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path")));
        command.addAll(List.of(Recount.class.getName(), "replicate", town.toString(), "--to", Postgres.url()));
        command.addAll(List.of("--schema", schema, "--follow", "--json"));
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private Path create(String rig, int beads) {
        Path file = town.resolve(rig + ".db");
        try (SqliteEventStore store = SqliteEventStore.open(file)) {
            create(store, rig, beads);
        }
        return file;
    }

    private void append(String rig, int beads) {
        try (SqliteEventStore store = SqliteEventStore.open(town.resolve(rig + ".db"))) {
            create(store, rig + "-more", beads);
        }
    }

    private static void create(EventStore store, String name, int beads) {
        for (int i = 0; i < beads; i++) {
            TownLog.commands(TownLog.in(store))
                    .handle(new BeadCommand.CreateBead(
                            name + "-" + i, BeadDetails.of(BeadType.ISSUE, name), "mayor", NOW));
        }
    }

    private Cli replicate() {
        return Cli.run("replicate", town, "--to", Postgres.url(), "--schema", schema, "--json");
    }

    private void withCopy(String rig, Consumer<EventStore> use) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(Postgres.url());
        try (EventStore store =
                PostgresEventStore.open(source, rig, PostgresOptions.defaults().withSchema(schema))) {
            use.accept(store);
        }
    }
}
