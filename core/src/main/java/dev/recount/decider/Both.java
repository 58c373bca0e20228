package dev.recount.decider;

/** The states of two combined projectors or deciders. Immutable where its parts are. */
public record Both<A, B>(A first, B second) {

    /** This itself where neither part is another. */
    @SuppressWarnings("ReferenceEquality") // a projector gives the state itself where an event changes nothing
    Both<A, B> with(A newFirst, B newSecond) {
        return newFirst == first && newSecond == second ? this : new Both<>(newFirst, newSecond);
    }
}
