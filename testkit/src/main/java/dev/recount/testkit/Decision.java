package dev.recount.testkit;

import dev.recount.decider.CommandRejected;
import dev.recount.decider.Decider;
import java.util.List;

/** What a decider said to a command: events, or a rejection. */
record Decision<E>(List<E> events, String rejection) {

    /** Lets every exception pass that is not a rejection. */
    static <C, S, E> Decision<E> of(Decider<C, S, E> decider, C command, S state) {
        try {
            return new Decision<>(List.copyOf(decider.decide(command, state)), "");
        } catch (CommandRejected e) {
            return new Decision<>(List.of(), e.getClass().getName() + " " + e.code() + ": " + e.getMessage());
        }
    }

    @Override
    public String toString() {
        return rejection.isEmpty() ? Listing.of(events) : "  rejected: " + rejection;
    }
}
