package dev.recount.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recount.event.StoredEvent;
import dev.recount.sql.ReadModelStatus;
import dev.recount.store.Append;
import dev.recount.store.Query;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Kills processes that append, apply, build and swap, at any moment, each in two rigs; {@code recount.modelKills} says how many processes.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(1_200)
class ModelKillTest {

    private static final int KILLS = Integer.getInteger("recount.modelKills", 10);
    private static final List<String> RIGS = List.of("gastown", "beads");
    private static final Pattern ACKNOWLEDGED = Pattern.compile("(\\d+) in (\\w+);");

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);
    private final PostgresOptions options = Server.options();

    @Test
    void whenever_it_is_killed_nothing_is_lost_and_nothing_applied_twice() throws Exception {
        for (int kill = 0; kill < KILLS; kill++) {
            Map<String, Long> acknowledged = runAndKill(kill);

            for (String rig : RIGS) {
                checkAfter(rig, acknowledged.get(rig), "kill " + kill + " of seed " + seed + ", rig " + rig);
            }
        }
        RIGS.forEach(this::finish);
    }

    /** The last sequence of each rig that was acknowledged. */
    private Map<String, Long> runAndKill(int kill) throws Exception {
        String name = options.schema() + "_killed_" + kill;
        Map<String, Long> acknowledged = new HashMap<>();
        List<String> arguments =
                List.of(Server.url() + "&ApplicationName=" + name, options.schema(), RIGS.get(0), RIGS.get(1));
        try (Child child = Child.start(ModelChildMain.class, arguments)) {
            while (acknowledged.size() < RIGS.size()) {
                note(child.readLine(), acknowledged);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20 + random.nextInt(600)));
            child.kill();
            for (String line : child.rest()) {
                note(line, acknowledged);
            }
        }
        Server.awaitEndOf(name);
        return acknowledged;
    }

    // The last line of a killed child may be cut; then it counts as not said.
    private static void note(String line, Map<String, Long> acknowledged) {
        Matcher said = ACKNOWLEDGED.matcher(line);
        if (said.matches()) {
            acknowledged.put(said.group(2), Long.parseLong(said.group(1)));
        }
    }

    private void checkAfter(String rig, long acknowledged, String what) {
        int built = 0;
        try (PostgresEventStore store = PostgresEventStore.open(Server.dataSource(), rig, options)) {
            List<StoredEvent> events = Events.all(store, Query.all());
            assertThat(store.info().head()).as(what).isGreaterThanOrEqualTo(acknowledged);
            assertThat(events).as(what).hasSize((int) store.info().head());
            assertThat(store.check().problems()).as(what).isEmpty();
            for (ReadModelStatus status : store.readModels()) {
                checkTables(store, status, events, what + ", " + status);
                built = status.build().map(ReadModelStatus.Build::version).orElse(built);
            }
        }
        if (built > 0 && random.nextInt(3) == 0) {
            goOn(rig, built, what);
        }
    }

    private void checkTables(PostgresEventStore store, ReadModelStatus status, List<StoredEvent> events, String what) {
        if (status.version() > 0) {
            Counts live = Counts.of(status.name(), status.version());
            assertThat(live.rows(store, "")).as(what).isEqualTo(live.expected(events, status.checkpoint()));
            assertThat(store.verify(live).differences()).as(what).isEmpty();
        }
        if (status.build().isPresent()) {
            ReadModelStatus.Build build = status.build().get();
            Counts built = Counts.of(status.name(), build.version());
            Object number = store.query("SELECT number FROM recount_read_model_builds WHERE name = ?", status.name())
                    .get(0)
                    .get("number");
            assertThat(built.rows(store, "@" + number)).as(what).isEqualTo(built.expected(events, build.checkpoint()));
        }
    }

    // What was built before the kill is not built again.
    private void goOn(String rig, int version, String what) {
        Map<String, Long> done = new HashMap<>();
        try (PostgresEventStore store = PostgresEventStore.open(Server.dataSource(), rig, options)) {
            for (ReadModelStatus status : store.readModels()) {
                status.build().ifPresent(build -> done.put(status.name(), build.checkpoint()));
            }
        }
        Counts inline = Counts.of("inline", version);
        Counts async = Counts.of("async", version);
        PostgresOptions both = options.withInline(inline).withInline(async);
        try (PostgresEventStore store = PostgresEventStore.open(Server.dataSource(), rig, both)) {
            List<StoredEvent> events = Events.all(store, Query.all());
            for (Counts counts : List.of(inline, async)) {
                if (done.containsKey(counts.name())) {
                    assertThat(counts.first().get()).as(what).isIn(0L, done.get(counts.name()) + 1);
                }
                assertThat(counts.rows(store, "")).as(what).isEqualTo(counts.expected(events, Long.MAX_VALUE));
            }
        }
    }

    private void finish(String rig) {
        PostgresOptions last = options.withInline(Counts.of("inline", 1_000)).withInline(Counts.of("async", 1_000));
        try (PostgresEventStore store = PostgresEventStore.open(Server.dataSource(), rig, last)) {
            store.append(Append.of(Events.numbered(1, "bead:last")));
            List<StoredEvent> events = Events.all(store, Query.all());
            for (ReadModelStatus status : store.readModels()) {
                checkTables(store, status, events, status.toString());
                assertThat(status.state()).isEqualTo(ReadModelStatus.State.CURRENT);
            }
            assertThat(
                            store.query(
                                    "SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
                                            + " WHERE n.nspname = current_schema() AND c.relkind IN ('r', 'v') AND c.relname LIKE '%@%'"))
                    .isEmpty();
            assertThat(store.query("SELECT name FROM recount_read_model_tables"))
                    .hasSize(6);
            assertThat(store.check().problems()).isEmpty();
        }
    }
}
