package dev.recount.feed.client;

import static dev.recount.feed.client.FedRig.append;
import static org.assertj.core.api.Assertions.assertThat;

import dev.recount.store.EventStore;
import dev.recount.store.memory.MemoryEventStore;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** A connection that is cut after any byte, of the headers, of a chunk's length, of a frame, costs nothing. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class CutStreamTest {

    private final EventStore store = MemoryEventStore.create();
    private FedRig rig;
    private Gate gate;
    private FeedClient feed;

    @BeforeEach
    void serve() throws Exception {
        rig = FedRig.of(store);
        gate = Gate.to(rig.port());
        feed = FeedClient.of(gate.uri(FedRig.PATH)).withLongestPause(Duration.ofMillis(1));
    }

    @AfterEach
    void stop() throws Exception {
        gate.close();
        rig.close();
    }

    private List<String> follow(String cursor, FollowFrom afterReset, int count) throws Exception {
        Told told = new Told(afterReset);
        try (FeedFollower follower = feed.follow(cursor, told)) {
            List<String> lines = told.next(count);
            assertThat(follower.failure()).isEmpty();
            return lines;
        }
    }

    @Test
    void after_a_cut_at_every_byte_the_rest_comes_once() throws Exception {
        append(store, 2);
        List<String> whole = follow("0", FollowFrom.HEAD, 2);
        int body = gate.answer(0).indexOf("\r\n\r\n");
        // Into the second event.
        int length = gate.answer(0).indexOf("}\n\n") + 20;
        assertThat(length - body).isGreaterThan(200);

        // The head is nobody's but the HTTP client's, so some cuts will do there.
        for (int cut = 0; cut <= length; cut += cut < body ? 20 : 1) {
            gate.cutAfter(cut);
            assertThat(follow("0", FollowFrom.HEAD, 2))
                    .as("cut after %d bytes", cut)
                    .isEqualTo(whole);
        }
    }

    @Test
    void after_cuts_within_a_reset_nothing_is_lost() throws Exception {
        append(store, 1);
        List<String> whole = follow("7", FollowFrom.START, 2);
        assertThat(whole).containsExactly("reset AHEAD_OF_HEAD", "event 1");
        int start = gate.answer(0).indexOf("event: reset");
        int end = gate.answer(0).indexOf("\n\n", start) + 2;
        assertThat(end - start).isGreaterThan(200);

        for (int cut = start; cut <= end; cut += 5) {
            gate.cutAfter(cut);
            assertThat(follow("7", FollowFrom.START, 2))
                    .as("cut after %d bytes", cut)
                    .isEqualTo(whole);
        }
    }

    @Test
    void after_cuts_at_random_bytes_of_every_connection_all_comes_once() throws Exception {
        append(store, 40);
        List<String> whole = follow("0", FollowFrom.HEAD, 40);

        for (long seed = 0; seed < 5; seed++) {
            Random random = new Random(seed);
            for (int i = 0; i < 20; i++) {
                gate.cutAfter(200 + random.nextInt(3_000));
            }
            assertThat(follow("0", FollowFrom.HEAD, 40)).as("seed %d", seed).isEqualTo(whole);
            gate.forgetCuts();
        }
    }
}
