package dev.recount.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.recount.store.Append;
import dev.recount.store.EventsRemoved;
import dev.recount.store.LogConsumer;
import dev.recount.store.Retained;
import dev.recount.store.Retention;
import dev.recount.store.RetentionRecord;
import dev.recount.store.RetentionRefused;
import dev.recount.subscription.Checkpoint;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ConsumersTest {

    private static final Instant NOON = Instant.parse("2026-03-03T12:00:00Z");

    private final PostgresOptions options = Server.options().withClock(() -> NOON);
    private final PostgresEventStore store = PostgresEventStore.open(Server.dataSource(), "rig", options);

    @BeforeEach
    void ten_events() {
        store.append(Append.of(Events.numbered(10, "bead:1")));
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void nothing_is_removed_that_a_registered_consumer_has_yet_to_read() {
        store.consumers().advance("search", 4);

        assertThatThrownBy(() -> store.retain(Retention.from(6)))
                .isInstanceOf(RetentionRefused.class)
                .hasMessage("Events up to sequence 5 cannot be removed: consumer 'search' has read up to 4 only."
                        + " Let it read on, remove it where it is gone for good, or keep more.");

        assertThat(store.retain(Retention.from(5))).isEqualTo(new Retained(0, 4, 4));
        store.consumers().advance("search", 8);
        assertThat(store.retain(Retention.from(9))).isEqualTo(new Retained(4, 8, 4));
        assertThat(store.consumers().remove("search")).isTrue();
        assertThat(store.consumers().remove("search")).isFalse();
        assertThat(store.retain(Retention.newest(0))).isEqualTo(new Retained(8, 10, 2));
    }

    @Test
    void one_that_registers_between_two_batches_stops_the_rest() {
        store.append(Append.of(Events.numbered(2_500)));
        AtomicBoolean registered = new AtomicBoolean();

        assertThatThrownBy(() -> store.retain(Retention.newest(10).reportingTo(floor -> {
                    if (!registered.getAndSet(true)) {
                        store.consumers().advance("late", floor);
                    }
                })))
                .isInstanceOf(RetentionRefused.class)
                .hasMessageContaining("'late'");

        assertThat(store.info().floor()).isEqualTo(1_000);
        assertThat(store.check().problems()).isEmpty();
    }

    @Test
    void they_are_listed_the_slowest_first_each_rig_for_itself() {
        PostgresReactions.of(store)
                .register("mailer", new Checkpoint(store.info().logId(), 3));
        store.consumers().advance("search", 7);
        store.consumers().advance("backup", 2);
        store.consumers().advance("search", 5);
        try (PostgresEventStore other = PostgresEventStore.open(Server.dataSource(), "other", options)) {
            assertThat(other.consumers().list()).isEmpty();
        }

        assertThat(store.consumers().list())
                .containsExactly(
                        new LogConsumer("consumer", "backup", 2, Optional.of(NOON)),
                        new LogConsumer("reactor", "mailer", 3, Optional.empty()),
                        new LogConsumer("consumer", "search", 5, Optional.of(NOON)));
    }

    @Test
    void a_checkpoint_or_name_that_cannot_be_one_is_refused() {
        store.retain(Retention.from(6));

        assertThatThrownBy(() -> store.consumers().advance("search", 11))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "Checkpoint 11 is not one of Rig 'rig', which ends at 10. Give a sequence from 0 to there.");
        assertThatThrownBy(() -> store.consumers().advance("search", 3)).isInstanceOf(EventsRemoved.class);
        assertThatThrownBy(() -> store.consumers().advance(" ", 7)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> store.consumers().advance("a\0b", 7)).isInstanceOf(IllegalArgumentException.class);
        assertThat(store.consumers().remove("a\0b")).isFalse();
        assertThat(store.consumers().list()).isEmpty();
        store.consumers().advance("search", 0);
        assertThat(store.consumers().list()).extracting(LogConsumer::checkpoint).containsExactly(5L);
    }

    @Test
    void each_retention_leaves_a_record_however_many_batches_it_took() {
        store.append(Append.of(Events.numbered(2_000)));
        store.retain(Retention.newest(2_005));
        store.retain(Retention.newest(100).by("ops"));

        assertThat(store.retentions())
                .containsExactly(
                        new RetentionRecord(NOON, Optional.empty(), 0, 5, 5),
                        new RetentionRecord(NOON, Optional.of("ops"), 5, 1_910, 1_905));
    }
}
