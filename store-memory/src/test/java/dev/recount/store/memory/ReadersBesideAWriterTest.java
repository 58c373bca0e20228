package dev.recount.store.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recount.event.NewEvent;
import dev.recount.event.Tags;
import dev.recount.store.Append;
import dev.recount.store.Query;
import dev.recount.store.ReadOptions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** While a writer stands still inside an append, holding the lock of the writers. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@Timeout(300)
class ReadersBesideAWriterTest {

    private final CountDownLatch inside = new CountDownLatch(1);
    private final CountDownLatch release = new CountDownLatch(1);
    private volatile boolean clockStands;
    private final MemoryEventStore store = MemoryEventStore.create(clock());
    private CompletableFuture<Void> writer = CompletableFuture.completedFuture(null);

    @AfterEach
    void let_the_writer_end() {
        release.countDown();
        writer.join();
        assertThat(store.info().head()).isEqualTo(2);
    }

    @Test
    void reads_go_on() throws InterruptedException {
        writeOneAndStandStillInTheSecond();

        assertThat(store.read(Query.all(), ReadOptions.defaults()).events()).hasSize(1);
        assertThat(store.read(Query.tagged("bead", "b1"), ReadOptions.defaults())
                        .events())
                .hasSize(1);
        assertThat(store.info().head()).isEqualTo(1);
        assertThat(store.receipt("key")).isPresent();
    }

    @Test
    void waiting_ends_when_its_time_is_over() throws InterruptedException {
        writeOneAndStandStillInTheSecond();

        assertThat(store.awaitAfter(0, Duration.ofMillis(1))).isTrue();
        assertThat(store.awaitAfter(1, Duration.ofMillis(1))).isFalse();
    }

    private void writeOneAndStandStillInTheSecond() throws InterruptedException {
        store.append(bead(1).withReceipt("key"));
        clockStands = true;
        writer = CompletableFuture.runAsync(() -> store.append(bead(2)));
        assertThat(inside.await(60, TimeUnit.SECONDS)).isTrue();
    }

    private InstantSource clock() {
        return () -> {
            if (clockStands) {
                inside.countDown();
                awaitRelease();
            }
            return Instant.EPOCH;
        };
    }

    private void awaitRelease() {
        try {
            release.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Append bead(int number) {
        return Append.of(List.of(NewEvent.of("bead.created", "{}").withTags(Tags.of("bead", "b" + number))));
    }
}
