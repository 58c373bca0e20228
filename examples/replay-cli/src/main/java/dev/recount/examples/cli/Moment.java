package dev.recount.examples.cli;

import dev.recount.event.StoredEvent;
import dev.recount.store.EventStore;
import dev.recount.store.Query;
import dev.recount.store.ReadOptions;
import dev.recount.store.Retention;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A point of a log: a sequence, or the time up to which events were stored. Immutable. */
final class Moment {

    private final ToLongFunction<EventStore> sequence;
    private final @Nullable Instant time;
    private final Supplier<Retention> retention;

    private Moment(ToLongFunction<EventStore> sequence, @Nullable Instant time, Supplier<Retention> retention) {
        this.sequence = sequence;
        this.time = time;
        this.retention = retention;
    }

    /** Keeps what comes at it or after. */
    Retention retention() {
        return retention.get();
    }

    /** The last sequence that belongs to it. */
    long sequenceIn(EventStore store) {
        return sequence.applyAsLong(store);
    }

    /** Says so where it is a time before the first event was stored, when there is nothing yet. */
    Optional<String> beforeAll(EventStore store) {
        if (time == null) {
            return Optional.empty();
        }
        return store.read(Query.all(), ReadOptions.defaults().withLimit(1)).events().stream()
                .map(StoredEvent::storedAt)
                .filter(time::isBefore)
                .map(first -> "Nothing was stored up to " + time + ": the first event was stored at " + first + '.')
                .findFirst();
    }

    /** Reads {@code 412} or {@code 2026-03-03T10:00:00Z}. */
    static final class Converter implements ITypeConverter<Moment> {

        @Override
        public Moment convert(String text) {
            try {
                return isNumber(text) ? atSequence(Long.parseLong(text)) : atTime(text);
            } catch (NumberFormatException | DateTimeException e) {
                throw new TypeConversionException("'" + text
                        + "' is no moment. Give a sequence such as 412 or a time such as 2026-03-03T10:00:00Z.");
            }
        }

        private static boolean isNumber(String text) {
            return !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
        }

        private static Moment atSequence(long sequence) {
            return new Moment(store -> sequence, null, () -> Retention.from(sequence));
        }

        private static Moment atTime(String text) {
            Instant time = OffsetDateTime.parse(text, DateTimeFormatter.ISO_OFFSET_DATE_TIME)
                    .toInstant();
            return new Moment(store -> store.sequenceAt(time), time, () -> Retention.from(time));
        }
    }
}
