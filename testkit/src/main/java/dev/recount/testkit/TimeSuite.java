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

    private List<Instant> storedAt() {
        return readAll().stream().map(StoredEvent::storedAt).toList();
    }
}
