package dev.recount.store.memory;

import dev.recount.store.Append;
import dev.recount.store.Appended;
import dev.recount.store.EventStore;
import dev.recount.store.LogInfo;
import dev.recount.store.Page;
import dev.recount.store.Query;
import dev.recount.store.ReadOptions;
import dev.recount.store.StoreClosed;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongPredicate;

/** Stores that get one thing about waiting, closing or their identity wrong. */
final class FaultyLives {

    private FaultyLives() {}

    static EventStore wakingNobody(EventStore good) {
        return new FaultyStore(good) {
            @Override
            public boolean awaitAfter(long sequence, Duration timeout) throws InterruptedException {
                return store.info().head() > sequence || store.awaitAfter(Long.MAX_VALUE, timeout);
            }
        };
    }

    static EventStore wakingForNothing(EventStore good) {
        return new FaultyStore(good) {
            @Override
            public boolean awaitAfter(long sequence, Duration timeout) throws InterruptedException {
                store.awaitAfter(sequence, timeout);
                return true;
            }
        };
    }

    static EventStore leavingWhoWaitsWhenClosing(EventStore good) {
        return new FaultyStore(good) {
            private volatile boolean closed;

            @Override
            public boolean awaitAfter(long sequence, Duration timeout) throws InterruptedException {
                requireOpen();
                return store.awaitAfter(sequence, timeout);
            }

            @Override
            public LogInfo info() {
                requireOpen();
                return store.info();
            }

            @Override
            public void close() {
                closed = true;
            }

            private void requireOpen() {
                if (closed) {
                    throw new StoreClosed("that does not care");
                }
            }
        };
    }

    static EventStore swallowingClose(EventStore good) {
        return new FaultyStore(good) {
            @Override
            public void close() {
                // That is the fault.
            }
        };
    }

    static EventStore failingToCloseTwice(EventStore good) {
        return new FaultyStore(good) {
            @Override
            public void close() {
                store.info();
                store.close();
            }
        };
    }

    static EventStore readingNothingAfterClose(EventStore good) {
        return new FaultyStore(good) {
            @Override
            public Page read(Query query, ReadOptions options) {
                return query.items().isEmpty() ? new Page(query, List.of(), 0, true) : store.read(query, options);
            }
        };
    }

    static EventStore repeatingAfterClose(EventStore good) {
        return new FaultyStore(good) {
            private volatile Appended last = new Appended(1, 0, false);

            @Override
            public Appended append(Append append) {
                try {
                    last = store.append(append);
                    return last;
                } catch (StoreClosed e) {
                    return last;
                }
            }
        };
    }

    static EventStore changingItsId(EventStore good) {
        return telling(good, UUID.randomUUID().toString());
    }

    static EventStore havingTheIdOfEveryOtherLog(EventStore good) {
        return telling(good, "log");
    }

    static EventStore markingEveryHistoryAlike(EventStore good) {
        return marking(good, sequence -> sequence <= good.info().head());
    }

    static EventStore markingWhatIsNotThere(EventStore good) {
        return marking(good, sequence -> true);
    }

    private static EventStore marking(EventStore good, LongPredicate there) {
        return new FaultyStore(good) {
            @Override
            public Optional<String> chainAt(long sequence) {
                return there.test(sequence) ? Optional.of("0".repeat(64)) : Optional.empty();
            }
        };
    }

    private static EventStore telling(EventStore good, String logId) {
        return new FaultyStore(good) {
            @Override
            public LogInfo info() {
                return new LogInfo(logId, store.info().head(), 0);
            }
        };
    }
}
