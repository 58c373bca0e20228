package dev.recount.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.recount.snapshot.Snapshot;
import dev.recount.snapshot.SnapshotKey;
import dev.recount.snapshot.SnapshotStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/**
 * The promises of a {@link SnapshotStore}, as tests. Whoever writes one writes one subclass.
 *
 * <pre>{@code
 * class MemorySnapshotsTest extends SnapshotStoreContract {
 *     private final MemorySnapshots snapshots = MemorySnapshots.create();
 *
 *     @Override
 *     protected SnapshotStore open() {
 *         return snapshots;
 *     }
 * }
 * }</pre>
 *
 * <p>The contract closes what it opened and can be closed, after each test. It never skips a test.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
public abstract class SnapshotStoreContract {

    private static final SnapshotKey KEY = new SnapshotKey("log-a", "seat", 2, "decision [seat:12A]");
    private static final int LARGE = 20_000_000;

    private final List<SnapshotStore> opened = new ArrayList<>();
    private SnapshotStore store;

    /** For subclasses. */
    protected SnapshotStoreContract() {}

    /**
     * Opens a store: an empty one when a test calls it for the first time, later one on the same snapshots, also while another
     * is open. No two tests share snapshots.
     */
    protected abstract SnapshotStore open();

    @BeforeEach
    final void openAnEmptyStore() {
        store = openAnother();
    }

    @AfterEach
    final void closeAll() throws Exception {
        for (SnapshotStore each : opened) {
            close(each);
        }
    }

    @Test
    void nothing_is_found_where_nothing_was_saved() {
        assertEquals(Optional.empty(), store.newest(KEY));
    }

    @Test
    void what_was_saved_is_found_as_it_was() {
        Snapshot snapshot = new Snapshot(KEY, 412, 20, "9f3ac1", "{\"guest\":\"Ada\"}");

        store.save(snapshot);

        assertEquals(Optional.of(snapshot), store.newest(KEY));
    }

    @Test
    void texts_of_any_characters_come_back_as_they_were() {
        String odd = " \"quoted' \\ \t\r\n\u0000\u0085\u2028 ä 漢 \ud83d\ude00 ";
        SnapshotKey key = new SnapshotKey(odd, odd + "p", Integer.MAX_VALUE, odd + "b");
        Snapshot snapshot = new Snapshot(key, Long.MAX_VALUE, Long.MAX_VALUE, odd + "f", odd + "s");

        store.save(snapshot);

        assertEquals(Optional.of(snapshot), store.newest(key));
    }

    @Test
    void an_empty_text_comes_back_as_one() {
        store.save(at(412, ""));

        assertEquals(Optional.of(at(412, "")), store.newest(KEY));
    }

    @Test
    void a_state_of_twenty_megabytes_comes_back_whole() {
        Snapshot large = at(412, "ä0123456789".repeat(LARGE / 12));

        store.save(large);

        // Compared here: a failed assertEquals would print both.
        assertTrue(store.newest(KEY).orElseThrow().equals(large));
    }

    @Test
    void each_key_has_a_snapshot_of_its_own() {
        List<SnapshotKey> keys = List.of(
                KEY,
                new SnapshotKey("log-b", "seat", 2, "decision [seat:12A]"),
                new SnapshotKey("log-a", "plan", 2, "decision [seat:12A]"),
                new SnapshotKey("log-a", "seat", 1, "decision [seat:12A]"),
                new SnapshotKey("log-a", "seat", 2, "decision [seat:12a]"));

        for (int i = 0; i < keys.size(); i++) {
            assertEquals(Optional.empty(), store.newest(keys.get(i)), "before " + keys.get(i));
            store.save(new Snapshot(keys.get(i), i + 1, i, "f" + i, "s" + i));
        }

        for (int i = 0; i < keys.size(); i++) {
            Snapshot own = new Snapshot(keys.get(i), i + 1, i, "f" + i, "s" + i);
            assertEquals(Optional.of(own), store.newest(keys.get(i)), "of " + keys.get(i));
        }
    }

    @Test
    void a_newer_one_takes_the_place_of_an_older_one() {
        store.save(at(412, "old"));
        store.save(at(500, "new"));

        assertEquals(Optional.of(at(500, "new")), store.newest(KEY));
    }

    @Test
    void an_older_one_never_takes_the_place_of_a_newer_one() {
        store.save(at(500, "new"));
        store.save(at(412, "old"));

        assertEquals(Optional.of(at(500, "new")), store.newest(KEY));
    }

    @Test
    void of_two_at_the_same_sequence_the_last_is_kept() {
        store.save(at(412, "first"));
        store.save(at(412, "second"));

        assertEquals(Optional.of(at(412, "second")), store.newest(KEY));
    }

    @Test
    void a_higher_version_forgets_the_lower_ones_of_the_same_boundary_only() {
        Snapshot elsewhere = new Snapshot(withVersion("decision [seat:12B]", 1), 1, 1, "f", "s");
        store.save(elsewhere);
        store.save(new Snapshot(withVersion(KEY.boundary(), 1), 700, 1, "f", "s"));

        store.save(at(412, "state"));

        assertEquals(Optional.empty(), store.newest(withVersion(KEY.boundary(), 1)));
        assertEquals(Optional.of(elsewhere), store.newest(elsewhere.key()));
        assertEquals(Optional.of(at(412, "state")), store.newest(KEY));
    }

    @Test
    void a_lower_version_can_be_saved_beside_a_higher_one() {
        Snapshot lower = new Snapshot(withVersion(KEY.boundary(), 1), 300, 1, "f", "s");
        store.save(at(412, "state"));

        store.save(lower);

        assertEquals(Optional.of(lower), store.newest(lower.key()));
        assertEquals(Optional.of(at(412, "state")), store.newest(KEY));
    }

    @Test
    void what_was_removed_is_gone_and_an_older_one_can_follow() {
        store.save(at(412, "state"));

        store.remove(at(412, "state"));

        assertEquals(Optional.empty(), store.newest(KEY));
        store.save(at(7, "older"));
        assertEquals(Optional.of(at(7, "older")), store.newest(KEY));
    }

    @Test
    void removing_one_whose_place_was_taken_leaves_the_other() {
        Snapshot taken = new Snapshot(KEY, 412, 412, "another fingerprint", "state");
        store.save(at(412, "state"));
        store.save(taken);

        store.remove(at(412, "state"));
        store.remove(at(300, "state"));

        assertEquals(Optional.of(taken), store.newest(KEY));
    }

    @Test
    void removing_what_is_not_there_does_nothing() {
        store.remove(at(412, "state"));

        assertEquals(Optional.empty(), store.newest(KEY));
    }

    @Test
    void another_store_sees_what_was_saved_and_what_was_removed() {
        SnapshotStore another = openAnother();
        store.save(at(412, "state"));
        assertEquals(Optional.of(at(412, "state")), another.newest(KEY));

        another.save(at(500, "newer"));
        assertEquals(Optional.of(at(500, "newer")), store.newest(KEY));

        store.remove(at(500, "newer"));
        assertEquals(Optional.empty(), another.newest(KEY));
    }

    @Test
    void what_was_saved_is_there_when_it_is_opened_again() throws Exception {
        store.save(at(412, "state"));
        close(store);

        assertEquals(Optional.of(at(412, "state")), openAnother().newest(KEY));
    }

    @Test
    void readers_beside_writers_see_whole_snapshots_that_only_grow() throws Exception {
        int writers = 3;
        int rounds = 100;
        AtomicInteger writing = new AtomicInteger(writers);
        List<Callable<Boolean>> tasks = new ArrayList<>();
        for (int writer = 0; writer < writers; writer++) {
            SnapshotStore own = openAnother();
            int offset = writer;
            tasks.add(() -> saveEach(own, offset, writers, rounds, writing));
        }
        SnapshotStore another = openAnother();
        tasks.add(() -> readWhole(store, writing));
        tasks.add(() -> readWhole(another, writing));

        Threads.together(tasks);

        assertEquals((long) writers * rounds, store.newest(KEY).orElseThrow().sequence());
    }

    private static boolean saveEach(SnapshotStore own, int offset, int step, int rounds, AtomicInteger writing) {
        try {
            for (int round = 0; round < rounds; round++) {
                own.save(longAt((long) round * step + offset + 1));
            }
            return true;
        } finally {
            writing.decrementAndGet();
        }
    }

    private static boolean readWhole(SnapshotStore own, AtomicInteger writing) {
        long newest = 0;
        while (writing.get() > 0) {
            Optional<Snapshot> found = own.newest(KEY);
            if (found.isPresent()) {
                long sequence = found.get().sequence();
                assertTrue(sequence >= newest, "went back from " + newest + " to " + sequence);
                assertTrue(found.get().equals(longAt(sequence)), "a part of the one at " + sequence);
                newest = sequence;
            }
        }
        return true;
    }

    private static Snapshot longAt(long sequence) {
        return at(sequence, ("state " + sequence + " ").repeat(500));
    }

    private SnapshotStore openAnother() {
        SnapshotStore opening = open();
        opened.add(opening);
        return opening;
    }

    private static void close(SnapshotStore store) throws Exception {
        if (store instanceof AutoCloseable closeable) {
            closeable.close();
        }
    }

    private static SnapshotKey withVersion(String boundary, int version) {
        return new SnapshotKey(KEY.logId(), KEY.projector(), version, boundary);
    }

    private static Snapshot at(long sequence, String state) {
        return new Snapshot(KEY, sequence, sequence, "f" + sequence, state);
    }
}
