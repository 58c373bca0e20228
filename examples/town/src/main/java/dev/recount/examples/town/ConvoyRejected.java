package dev.recount.examples.town;

/** Why a rig refuses a command about a convoy. */
public abstract sealed class ConvoyRejected extends TownRejected {

    private final String convoy;

    private ConvoyRejected(String code, String convoy, String message) {
        super(code, message);
        this.convoy = convoy;
    }

    /** The convoy. */
    public String convoy() {
        return convoy;
    }

    /** It would wait for nothing. */
    public static final class EmptyConvoy extends ConvoyRejected {

        EmptyConvoy(String convoy) {
            super("EMPTY_CONVOY", convoy, "Convoy " + convoy + " tracks no bead. Name one at least.");
        }
    }

    /** Not all of its beads are closed. */
    public static final class ConvoyNotReady extends ConvoyRejected {

        private final String bead;

        ConvoyNotReady(String convoy, String bead) {
            super("CONVOY_NOT_READY", convoy, "Convoy " + convoy + " waits for " + bead + ". Close that first.");
            this.bead = bead;
        }

        /** The bead that it waits for. */
        public String bead() {
            return bead;
        }
    }

    /** It has landed, which is final. */
    public static final class AlreadyLanded extends ConvoyRejected {

        AlreadyLanded(String convoy) {
            super("ALREADY_LANDED", convoy, "Convoy " + convoy + " has landed, which is final. Create another one.");
        }
    }
}
