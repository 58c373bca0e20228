package dev.recount.store;

import java.util.List;

/**
 * Those who read a log from elsewhere, each by its name with how far it has read; retention waits for them. Read models and reactors that the
 * log keeps itself need not register.
 *
 * <pre>{@code
 * store.consumers().advance("search-index", subscription.checkpoint().sequence());
 * }</pre>
 *
 * <p>Thread-safe.
 */
public interface LogConsumers {

    /**
     * Notes how far a consumer has read; the first time, it registers it. Do so now and then: each is a transaction of its own.
     *
     * @param name 1 to 500 characters
     * @param checkpoint it needs no event up to here any more; 0 is the first event that is left. It may also go back
     * @throws EventsRemoved where events after the checkpoint were removed already
     * @throws IllegalArgumentException where the name is blank or too long, or the log ends before the checkpoint
     * @throws StoreUnavailable where the log was opened to read only, or cannot be written now
     * @throws StoreClosed after the store was closed
     */
    void advance(String name, long checkpoint);

    /**
     * Forgets a consumer that is gone for good.
     *
     * @return whether it was registered
     */
    boolean remove(String name);

    /** All consumers, the slowest first; also read models and reactors that the log keeps itself. */
    List<LogConsumer> list();
}
