package dev.recount.decider;

/**
 * The rules forbid a command. Thrown by {@link Decider#decide}; nothing is stored.
 *
 * <p>Write one subclass for each reason, with the ids in fields, and a code that clients can rely on. A rejection is an
 * expected outcome, so it carries no stack trace.
 *
 * <pre>{@code
 * public SeatAlreadyTaken(String seat) {
 *     super("SEAT_ALREADY_TAKEN", "Seat " + seat + " is taken. Choose another.");
 *     this.seat = seat;
 * }
 * }</pre>
 */
public abstract class CommandRejected extends RuntimeException {

    private final String code;

    /**
     * A rejection with a stable code.
     *
     * @param code what programs rely on, e.g. {@code SEAT_ALREADY_TAKEN}
     * @param message what happened with the values, then what to do
     */
    protected CommandRejected(String code, String message) {
        super(message, null, false, false);
        this.code = code;
    }

    /** The stable code. */
    public final String code() {
        return code;
    }
}
