package dev.recount.testkit;

import dev.recount.reaction.ReactionStore;
import dev.recount.reaction.RunningReactor;
import dev.recount.store.EventStore;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Nested;

/**
 * The promises of a {@link RunningReactor}, as tests, on a store of events and a store of reactions. Whoever writes these writes one
 * subclass, beside those of {@link EventStoreContract} and {@link ReactionStoreContract}.
 *
 * <pre>{@code
 * class MemoryReactorsTest extends ReactorContract {
 *     private final MemoryEventStore log = MemoryEventStore.create();
 *     private final MemoryReactions reactions = MemoryReactions.create();
 *
 *     @Override
 *     protected EventStore openLog() {
 *         return log.reopen();
 *     }
 *
 *     @Override
 *     protected ReactionStore open(EventStore on) {
 *         return reactions;
 *     }
 * }
 * }</pre>
 *
 * <p>The contract closes what it opened after each test. It never skips a test.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
public abstract class ReactorContract {

    /** For subclasses. */
    protected ReactorContract() {}

    /**
     * Opens a store: on an empty log when a test calls it for the first time, later on the same log, while others are open. No two
     * tests share a log.
     */
    protected abstract EventStore openLog();

    /** The reactors of the log, through a store that {@link #openLog} gave. */
    protected abstract ReactionStore open(EventStore log);

    @Nested
    final class Performing extends PerformingSuite {
        Performing() {
            super(ReactorContract.this);
        }
    }

    @Nested
    final class StartingAgain extends ReactorRestartSuite {
        StartingAgain() {
            super(ReactorContract.this);
        }
    }

    @Nested
    final class FailingEffects extends FailingEffectsSuite {
        FailingEffects() {
            super(ReactorContract.this);
        }
    }

    @Nested
    final class FailingOutcomes extends FailingOutcomesSuite {
        FailingOutcomes() {
            super(ReactorContract.this);
        }
    }

    @Nested
    final class Listeners extends ReactorListenersSuite {
        Listeners() {
            super(ReactorContract.this);
        }
    }

    @Nested
    final class Timers extends TimersSuite {
        Timers() {
            super(ReactorContract.this);
        }
    }

    @Nested
    final class FailingReactor extends FailingReactorSuite {
        FailingReactor() {
            super(ReactorContract.this);
        }
    }

    @Nested
    final class Instances extends ReactorInstancesSuite {
        Instances() {
            super(ReactorContract.this);
        }
    }
}
