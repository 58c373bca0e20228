package dev.recount.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.recount.event.NewEvent;
import dev.recount.event.Tags;
import dev.recount.replay.Verification;
import dev.recount.sql.FailurePolicy;
import dev.recount.sql.SqlEventStore;
import dev.recount.store.Append;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;

/** Random appends, openings with other versions and modes, and rebuilds; after each opening the tables are as the events say. */
final class RandomModels {

    private static final int OPENINGS = 5;
    private static final int STEPS = 8;
    private static final Duration LONG = Duration.ofMinutes(2);

    private final long seed;
    private final Random random;
    private final Function<Opening, SqlEventStore> opener;
    private final Map<String, Long> events = new TreeMap<>();

    RandomModels(long seed, Function<Opening, SqlEventStore> opener) {
        this.seed = seed;
        this.random = new Random(seed);
        this.opener = opener;
    }

    /** A store to open. Immutable. */
    record Opening(long seed, KeptModels kept) {}

    void run() throws InterruptedException {
        for (int i = 0; i < OPENINGS; i++) {
            TallyModel inline = TallyModel.of("inline", 1 + random.nextInt(2)).with(FailurePolicy.stop());
            TallyModel async = TallyModel.of("async", 1 + random.nextInt(2)).with(FailurePolicy.quarantine("bead"));
            KeptModels kept = random.nextInt(4) == 0
                    ? KeptModels.none()
                    : new KeptModels(List.of(inline), List.of(async), Optional.empty());
            try (SqlEventStore store = opener.apply(new Opening(seed, kept))) {
                steps(store, kept);
                require(store, kept, inline, async);
            }
        }
    }

    private void steps(SqlEventStore store, KeptModels kept) {
        for (int step = 0; step < STEPS; step++) {
            if (random.nextInt(8) == 0 && !kept.inline().isEmpty()) {
                store.rebuild(random.nextBoolean() ? "inline" : "async");
            } else {
                append(store);
            }
        }
    }

    private void append(SqlEventStore store) {
        List<NewEvent> all = new ArrayList<>();
        int count = 1 + random.nextInt(20);
        for (int i = 0; i < count; i++) {
            String bead = String.valueOf(random.nextInt(7));
            all.add(NewEvent.of("type" + random.nextInt(3), "{}").withTags(Tags.parse(List.of("bead:" + bead))));
            events.merge(bead, 1L, Long::sum);
        }
        store.append(Append.of(all));
    }

    private void require(SqlEventStore store, KeptModels kept, TallyModel inline, TallyModel async)
            throws InterruptedException {
        for (TallyModel model : kept.inline().isEmpty() ? List.<TallyModel>of() : List.of(inline, async)) {
            assertTrue(store.awaitApplied(model.name(), store.info().head(), LONG), "seed " + seed);
            Map<String, Long> expected = new TreeMap<>();
            events.forEach((bead, count) -> expected.put(bead, count * model.version()));
            assertEquals(expected, model.rows(store), "seed " + seed);
        }
        for (Verification verification : store.verify()) {
            assertTrue(verification.isEqual(), "seed " + seed + ": " + verification.report());
        }
    }
}
