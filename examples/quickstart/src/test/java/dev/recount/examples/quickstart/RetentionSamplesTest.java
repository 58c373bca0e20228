package dev.recount.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recount.event.NewEvent;
import dev.recount.store.Append;
import dev.recount.store.Retained;
import dev.recount.store.Retention;
import dev.recount.store.sqlite.CopyReport;
import dev.recount.store.sqlite.LogCopy;
import dev.recount.store.sqlite.SqliteEventStore;
import dev.recount.subscription.Subscription;
import dev.recount.subscription.SubscriptionOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The samples of retention and of copies, run. {@link DocumentationTest} sees to it that none is missing here. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class RetentionSamplesTest {

    @TempDir
    Path folder;

    private SqliteEventStore store;

    @BeforeEach
    void open() {
        store = SqliteEventStore.open(folder.resolve("gastown.db"));
        store.append(Append.of(List.of(NewEvent.of("bead.created", "{}"), NewEvent.of("debug.noted", "{}"))));
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void the_newest_events_are_kept() {
        Retained retained = store.retain(Retention.newest(100_000).by("nightly"));

        assertThat(retained.events()).isZero();
    }

    @Test
    void a_consumer_says_how_far_it_has_read() throws InterruptedException {
        try (Subscription subscription = Subscription.start(store, SubscriptionOptions.defaults(), event -> {})) {
            assertThat(subscription.awaitSequence(2, Duration.ofSeconds(30))).isTrue();
            store.consumers().advance("search-index", subscription.checkpoint().sequence());
        }

        assertThat(store.consumers().list()).hasToString("[consumer 'search-index' at 2]");
    }

    @Test
    void a_copy_leaves_out_what_should_never_have_been_stored() {
        CopyReport report = LogCopy.of(store)
                .changing(stored -> stored.type().equals("debug.noted") ? List.of() : List.of(NewEvent.again(stored)))
                .to(folder.resolve("clean.db"));

        assertThat(report.written()).isEqualTo(1);
    }
}
