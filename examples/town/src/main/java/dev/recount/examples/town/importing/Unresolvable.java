package dev.recount.examples.town.importing;

/** Why a row cannot become events. */
final class Unresolvable extends RuntimeException {

    Unresolvable(String reason) {
        super(reason, null, false, false);
    }
}
