package dev.recount.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.recount.event.StoredEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code storedAt} never decreases with the sequence; {@code occurredAt} is the caller's. */
abstract class TimeSuite extends ContractSuite {

    TimeSuite(EventStoreContract contract) {
        super(contract);
    }

    @Test
    void events_are_stored_at_the_time_of_the_stores_clock_to_the_microsecond() {
        clock.set(Instant.parse("2026-03-03T10:00:00.123456789Z"));

        append(event("created"));

        assertEquals(
                Instant.parse("2026-03-03T10:00:00.123456Z"), readAll().get(0).storedAt());
    }

    @Test
    void stored_at_follows_the_clock_forwards() {
        Instant start = clock.instant();
        append(event("created"));
        clock.move(Duration.ofHours(1));
        append(event("closed"));

        assertEquals(List.of(start, start.plus(Duration.ofHours(1))), storedAt());
    }

    @Test
    void stored_at_stands_still_while_the_clock_is_behind() {
        Instant start = clock.instant();
        append(event("created"));
        clock.move(Duration.ofDays(-2));
        append(event("hooked"));
        clock.move(Duration.ofDays(3));
        append(event("closed"));

        assertEquals(List.of(start, start, start.plus(Duration.ofDays(1))), storedAt());
    }

    @Test
    void stored_at_never_decreases_after_reopening_with_the_clock_behind() {
        append(event("created"));
        Instant before = storedAt().get(0);

        reopen();
        clock.move(Duration.ofDays(-400));
        append(event("closed"));

        assertEquals(List.of(before, before), storedAt());
    }

    @Test
    void stored_at_never_decreases_whatever_the_clock_does() {
        for (int minutes : List.of(5, -3, 0, 7, -100, 2, 99, -1)) {
            clock.move(Duration.ofMinutes(minutes));
            append(numbered(2));
        }

        List<Instant> times = storedAt();
        for (int i = 1; i < times.size(); i++) {
            assertFalse(times.get(i).isBefore(times.get(i - 1)), "decreasing at " + i + " in " + times);
        }
    }

    @Test
    void occurred_at_is_kept_to_the_microsecond() {
        Instant time = Instant.parse("2021-12-31T23:59:59.999999999Z");

        append(event("created").withOccurredAt(time));

        assertEquals(
                Instant.parse("2021-12-31T23:59:59.999999Z"), readAll().get(0).occurredAt());
        assertEquals(clock.instant(), readAll().get(0).storedAt());
    }

    @Test
    void occurred_at_is_the_time_of_storing_where_the_caller_gave_none() {
        append(event("created"));
        clock.move(Duration.ofDays(-1));
        append(event("closed"));

        for (StoredEvent event : readAll()) {
            assertEquals(event.storedAt(), event.occurredAt());
        }
    }

    @Test
    void occurred_at_may_go_back_and_forth_from_the_year_0_to_9999() {
        List<Instant> times = List.of(
                Instant.parse("9999-12-31T23:59:59.999999Z"),
                Instant.parse("1969-12-31T23:59:59.999999Z"),
                Instant.parse("0000-01-01T00:00:00Z"),
                Instant.parse("2026-03-03T10:00:00.000001Z"),
                Instant.EPOCH,
                Instant.parse("2026-03-03T10:00:00.100Z"));

        times.forEach(time -> append(event("created").withOccurredAt(time)));
        reopen();

        assertEquals(times, readAll().stream().map(StoredEvent::occurredAt).toList());
    }

    @Test
    void a_moment_is_the_last_event_stored_at_or_before_it() {
        Instant start = clock.instant();
        assertEquals(0, store.sequenceAt(start));
        append(numbered(3));
        clock.move(Duration.ofMinutes(10));
        append(numbered(4));
        append(event("noted"));
        clock.move(Duration.ofMinutes(10));
        append(event("closed"));

        assertEquals(0, store.sequenceAt(start.minusNanos(1_000)));
        assertEquals(3, store.sequenceAt(start));
        assertEquals(3, store.sequenceAt(start.plus(Duration.ofMinutes(9))));
        assertEquals(8, store.sequenceAt(start.plus(Duration.ofMinutes(10))));
        assertEquals(9, store.sequenceAt(start.plus(Duration.ofMinutes(20))));
        assertEquals(9, store.sequenceAt(Instant.MAX));
        assertEquals(0, store.sequenceAt(Instant.MIN));
    }

    @Test
    void every_moment_of_a_long_log_is_found() {
        Instant start = clock.instant();
        for (int i = 0; i < 60; i++) {
            append(numbered(1 + i % 7));
            clock.move(Duration.ofSeconds(i % 3));
        }

        List<Instant> times = storedAt();
        for (int seconds = -1; seconds <= 61; seconds++) {
            Instant time = start.plusSeconds(seconds);
            long expected =
                    times.stream().filter(stored -> !stored.isAfter(time)).count();
            assertEquals(expected, store.sequenceAt(time), "at " + seconds + " s");
        }
    }

    private List<Instant> storedAt() {
        return readAll().stream().map(StoredEvent::storedAt).toList();
    }
}
