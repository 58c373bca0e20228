package dev.recount.store.jdbc;

import dev.recount.event.StoredEvent;
import dev.recount.sql.SqlReadModel;
import dev.recount.store.EventStoreException;
import java.io.Serial;

/** A read model could not apply an event: the cause is what it threw, of whatever kind. */
final class ModelFailed extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final String message;
    private final Throwable thrown;

    private ModelFailed(String message, Throwable thrown) {
        super(message, thrown, false, false);
        this.message = message;
        this.thrown = thrown;
    }

    /** What a model threw at an event; throws on what is no answer of the model, but a failure of the JVM. */
    static ModelFailed at(StoredEvent event, SqlReadModel model, Throwable thrown) {
        if (thrown instanceof VirtualMachineError error && isOfTheJvm(error)) {
            throw error;
        }
        return new ModelFailed(
                "Read model '" + model.name() + "' failed at event " + event.sequence() + " of type " + event.type()
                        + ": " + FailureText.of(thrown),
                thrown);
    }

    /** Whether it says something of the JVM, such as of its memory. A stack that is too deep is the fault of who calls himself. */
    static boolean isOfTheJvm(Throwable thrown) {
        return thrown instanceof VirtualMachineError && !(thrown instanceof StackOverflowError);
    }

    Throwable thrown() {
        return thrown;
    }

    /** Throws what the model threw, unless the caller would take that for a word of the store. */
    RuntimeException toCaller() {
        if (thrown instanceof Error error) {
            throw error;
        }
        return thrown instanceof RuntimeException failure && !(thrown instanceof EventStoreException)
                ? failure
                : new IllegalStateException(message + ". Nothing was stored. Mend the read model.", thrown);
    }
}
