package dev.recount.examples.town;

/** Why a rig refuses a command about a molecule. */
public abstract sealed class MoleculeRejected extends TownRejected {

    private final String molecule;

    private MoleculeRejected(String code, String molecule, String message) {
        super(code, message);
        this.molecule = molecule;
    }

    /** The molecule. */
    public String molecule() {
        return molecule;
    }

    /** It would have no step. */
    public static final class EmptyMolecule extends MoleculeRejected {

        EmptyMolecule(String molecule) {
            super("EMPTY_MOLECULE", molecule, "Molecule " + molecule + " has no step. Give one at least.");
        }
    }

    /** All of its steps are done, or it was closed or failed before. */
    public static final class MoleculeFinished extends MoleculeRejected {

        MoleculeFinished(String molecule) {
            super(
                    "MOLECULE_FINISHED",
                    molecule,
                    "Molecule " + molecule + " is finished, no step is left. Create another one.");
        }
    }

    /** Another step comes first, or it is none of the molecule's. */
    public static final class StepOutOfOrder extends MoleculeRejected {

        private final String step;
        private final String next;

        StepOutOfOrder(String molecule, String step, String next) {
            super(
                    "STEP_OUT_OF_ORDER",
                    molecule,
                    "Bead " + step + " is not the next step of molecule " + molecule + ". Do " + next + " first.");
            this.step = step;
            this.next = next;
        }

        /** The step that was asked for. */
        public String step() {
            return step;
        }

        /** The step that is next. */
        public String next() {
            return next;
        }
    }
}
