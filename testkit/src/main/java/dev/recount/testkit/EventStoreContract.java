package dev.recount.testkit;

import dev.recount.store.EventStore;
import dev.recount.store.Retained;
import dev.recount.store.Retention;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Nested;

/**
 * The promises of an {@link EventStore}, as tests. Whoever writes a store writes one subclass, and every suite runs.
 *
 * <pre>{@code
 * class MemoryStoreTest extends EventStoreContract {
 *     private final Map<String, MemoryEventStore> logs = new HashMap<>();
 *
 *     @Override
 *     protected EventStore open(String log, InstantSource clock) {
 *         return logs.computeIfAbsent(log, name -> MemoryEventStore.create(clock)).reopen();
 *     }
 *
 *     @Override
 *     protected Retained retain(String log, Retention retention) {
 *         return logs.get(log).reopen().retain(retention);
 *     }
 * }
 * }</pre>
 *
 * <p>The contract closes what it opened after each test. It never skips a test.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
public abstract class EventStoreContract {

    /** For subclasses. */
    protected EventStoreContract() {}

    /**
     * Opens a store on a log: an empty one when a test opens a name for the first time, later the same log again, also while
     * another store has it open. No two tests share a log.
     *
     * @param log letters and digits, the name of the log within this test
     * @param clock the store's clock; it can go back
     */
    protected abstract EventStore open(String log, InstantSource clock);

    /**
     * Removes the oldest events of a log that was opened before, as the store does it, while other stores may have it open.
     *
     * @return what the store says that it has removed
     */
    protected abstract Retained retain(String log, Retention retention);

    /**
     * How long the contract waits for what a store does at once, such as to wake whoever waits, before it says that the store has not done
     * it: a minute, since a busy machine may hold anything up for seconds. A store that is known to fail may be given less.
     */
    protected Duration patience() {
        return Duration.ofMinutes(1);
    }

    @Nested
    final class Order extends OrderSuite {
        Order() {
            super(EventStoreContract.this);
        }
    }

    @Nested
    final class Atomicity extends AtomicitySuite {
        Atomicity() {
            super(EventStoreContract.this);
        }
    }

    @Nested
    final class Condition extends ConditionSuite {
        Condition() {
            super(EventStoreContract.this);
        }
    }

    @Nested
    final class Durability extends DurabilitySuite {
        Durability() {
            super(EventStoreContract.this);
        }
    }

    @Nested
    final class AppendOnly extends AppendOnlySuite {
        AppendOnly() {
            super(EventStoreContract.this);
        }
    }

    @Nested
    final class Idempotence extends IdempotenceSuite {
        Idempotence() {
            super(EventStoreContract.this);
        }
    }

    @Nested
    final class UnboundedReading extends UnboundedReadingSuite {
        UnboundedReading() {
            super(EventStoreContract.this);
        }
    }

    @Nested
    final class Time extends TimeSuite {
        Time() {
            super(EventStoreContract.this);
        }
    }

    @Nested
    final class PublishAfterCommit extends PublishAfterCommitSuite {
        PublishAfterCommit() {
            super(EventStoreContract.this);
        }
    }

    @Nested
    final class Tolerance extends ToleranceSuite {
        Tolerance() {
            super(EventStoreContract.this);
        }
    }

    @Nested
    final class Cancellation extends CancellationSuite {
        Cancellation() {
            super(EventStoreContract.this);
        }
    }

    @Nested
    final class Identity extends IdentitySuite {
        Identity() {
            super(EventStoreContract.this);
        }
    }

    @Nested
    final class Closed extends ClosedSuite {
        Closed() {
            super(EventStoreContract.this);
        }
    }

    @Nested
    final class Queries extends QueriesSuite {
        Queries() {
            super(EventStoreContract.this);
        }
    }

    @Nested
    final class PackedReading extends PackedReadingSuite {
        PackedReading() {
            super(EventStoreContract.this);
        }
    }

    @Nested
    final class BadInput extends BadInputSuite {
        BadInput() {
            super(EventStoreContract.this);
        }
    }

    @Nested
    final class Concurrency extends ConcurrencySuite {
        Concurrency() {
            super(EventStoreContract.this);
        }
    }

    @Nested
    final class GroupedAppends extends GroupedAppendsSuite {
        GroupedAppends() {
            super(EventStoreContract.this);
        }
    }

    @Nested
    final class RetentionOfEvents extends RetentionSuite {
        RetentionOfEvents() {
            super(EventStoreContract.this);
        }
    }

    @Nested
    final class ReadersUnderRetention extends ReadersUnderRetentionSuite {
        ReadersUnderRetention() {
            super(EventStoreContract.this);
        }
    }

    @Nested
    final class RandomHistories extends RandomHistoriesSuite {
        RandomHistories() {
            super(EventStoreContract.this);
        }
    }
}
