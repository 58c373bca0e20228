package dev.recount.examples.changefeed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recount.event.StoredEvent;
import dev.recount.feed.FeedOptions;
import dev.recount.store.EventStore;
import dev.recount.store.Page;
import dev.recount.store.Query;
import dev.recount.store.ReadOptions;
import dev.recount.store.sqlite.SqliteEventStore;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(ReplaceUnderscores.class)
class FollowerTest {

    @TempDir
    Path folder;

    @Test
    void what_the_daemon_could_not_write_is_told_and_passed() throws Exception {
        BlockingQueue<String> told = new LinkedBlockingQueue<>();
        try (SqliteEventStore store = SqliteEventStore.open(folder.resolve("work.db"));
                Running running = Running.over(store, FollowerTest::secondIsNoJson, FeedOptions.defaults())) {
            running.register("apollo", "gemini", "mercury");
            URI feed = URI.create(running.daemon().uri() + Daemon.EVENTS);
            Follower follower = new Follower(feed, "0", listener(told));
            Thread thread = new Thread(() -> {
                try {
                    follower.run();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            thread.start();
            try {
                List<String> first = new ArrayList<>();
                while (first.size() < 3) {
                    first.add(String.valueOf(told.poll(60, TimeUnit.SECONDS)));
                }
                assertThat(first).containsExactly("changed 1", "unreadable 2 project_registered", "changed 3");
            } finally {
                follower.stop();
                thread.join();
            }
        }
    }

    private static EventStore secondIsNoJson(EventStore store) {
        return new PassingStore(store) {
            @Override
            public Page read(Query query, ReadOptions options) {
                Page page = super.read(query, options);
                List<StoredEvent> events =
                        page.events().stream().map(FollowerTest::odd).toList();
                return new Page(query, events, page.upTo(), page.complete());
            }
        };
    }

    private static StoredEvent odd(StoredEvent event) {
        return event.sequence() != 2
                ? event
                : new StoredEvent(
                        2,
                        event.type(),
                        1,
                        event.tags(),
                        "no JSON",
                        event.metadata(),
                        event.occurredAt(),
                        event.storedAt());
    }

    private static Follower.Listener listener(BlockingQueue<String> told) {
        return new Follower.Listener() {
            @Override
            public void changed(Change change) {
                told.add("changed " + change.sequence());
            }

            @Override
            public void unreadable(long sequence, String type) {
                told.add("unreadable " + sequence + " " + type);
            }

            @Override
            public void reset(String data) {
                told.add("reset");
            }

            @Override
            public void lost(String cursor) {
                told.add("lost");
            }
        };
    }
}
