package dev.recount.examples.town;

import dev.recount.decider.CommandRejected;

/** Why a rig refuses a command: one class for each reason, with the ids in fields. */
public abstract sealed class TownRejected extends CommandRejected
        permits AgentRejected,
                ConvoyRejected,
                HookRejected,
                MoleculeRejected,
                TownRejected.BeadNotFound,
                TownRejected.BeadExists,
                TownRejected.BeadIdUsed,
                TownRejected.TerminalState,
                TownRejected.NotInReview,
                TownRejected.ReasonMissing,
                TownRejected.MailOutOfOrder,
                TownRejected.OwnCommandNeeded,
                TownRejected.WrongType,
                TownRejected.FieldFixed,
                TownRejected.PartOfItself {

    TownRejected(String code, String message) {
        super(code, message);
    }

    /** There is no such bead. */
    public static final class BeadNotFound extends TownRejected {

        private final String bead;

        BeadNotFound(String bead) {
            super("BEAD_NOT_FOUND", "Bead " + bead + " does not exist. Create it first.");
            this.bead = bead;
        }

        /** The bead. */
        public String bead() {
            return bead;
        }
    }

    /** The id is taken. */
    public static final class BeadExists extends TownRejected {

        private final String bead;

        BeadExists(String bead) {
            super("BEAD_EXISTS", "Bead " + bead + " exists already. Choose another id.");
            this.bead = bead;
        }

        /** The bead. */
        public String bead() {
            return bead;
        }
    }

    /** A bead had the id that was deleted or renamed. */
    public static final class BeadIdUsed extends TownRejected {

        private final String bead;

        BeadIdUsed(String bead) {
            super(
                    "BEAD_ID_USED",
                    "Bead " + bead + " was deleted or renamed, and its history keeps that id. Choose another id.");
            this.bead = bead;
        }

        /** The bead. */
        public String bead() {
            return bead;
        }
    }

    /** The bead is closed or failed. */
    public static final class TerminalState extends TownRejected {

        private final String bead;
        private final String status;

        TerminalState(String bead, String status) {
            super("TERMINAL_STATE", "Bead " + bead + " is " + status + ", which is final. Reopen it first.");
            this.bead = bead;
            this.status = status;
        }

        /** The bead. */
        public String bead() {
            return bead;
        }

        /** Its status. */
        public String status() {
            return status;
        }
    }

    /** There is nothing to judge. */
    public static final class NotInReview extends TownRejected {

        private final String bead;
        private final String status;

        NotInReview(String bead, String status) {
            super("NOT_IN_REVIEW", "Bead " + bead + " is " + status + ", not in review. Submit a review first.");
            this.bead = bead;
            this.status = status;
        }

        /** The bead. */
        public String bead() {
            return bead;
        }

        /** Its status. */
        public String status() {
            return status;
        }
    }

    /** The command needs a reason. */
    public static final class ReasonMissing extends TownRejected {

        private final String bead;

        ReasonMissing(String bead) {
            super("REASON_MISSING", "No reason is given for bead " + bead + ". Say why.");
            this.bead = bead;
        }

        /** The bead. */
        public String bead() {
            return bead;
        }
    }

    /** An earlier mail waits for the same recipient. */
    public static final class MailOutOfOrder extends TownRejected {

        private final String mail;
        private final String next;

        MailOutOfOrder(String mail, String next) {
            super("MAIL_OUT_OF_ORDER", "Mail " + mail + " is not the next one. Deliver " + next + " first.");
            this.mail = mail;
            this.next = next;
        }

        /** The mail. */
        public String mail() {
            return mail;
        }

        /** The mail that is next. */
        public String next() {
            return next;
        }
    }

    /** A bead of that type is made by a command of its own, and stays of it. */
    public static final class OwnCommandNeeded extends TownRejected {

        private final String bead;
        private final String type;

        OwnCommandNeeded(String bead, String type) {
            super(
                    "OWN_COMMAND_NEEDED",
                    "Bead " + bead + " cannot get or lose type " + type
                            + " this way. Use the command that makes such a bead.");
            this.bead = bead;
            this.type = type;
        }

        /** The bead. */
        public String bead() {
            return bead;
        }

        /** The type. */
        public String type() {
            return type;
        }
    }

    /** The command is about beads of another type. */
    public static final class WrongType extends TownRejected {

        private final String bead;
        private final String wanted;

        WrongType(String bead, String wanted) {
            super("WRONG_TYPE", "Bead " + bead + " was not created as " + wanted + ". Name one that was.");
            this.bead = bead;
            this.wanted = wanted;
        }

        /** The bead. */
        public String bead() {
            return bead;
        }

        /** The type that it would have to be of. */
        public String wanted() {
            return wanted;
        }
    }

    /** The field says what the bead is made of. */
    public static final class FieldFixed extends TownRejected {

        private final String bead;
        private final String field;

        FieldFixed(String bead, String field) {
            super(
                    "FIELD_FIXED",
                    "Field " + field + " of bead " + bead + " says what it is made of. Create another bead instead.");
            this.bead = bead;
            this.field = field;
        }

        /** The bead. */
        public String bead() {
            return bead;
        }

        /** The field. */
        public String field() {
            return field;
        }
    }

    /** A bead would be a part of itself, perhaps by way of others. */
    public static final class PartOfItself extends TownRejected {

        private final String bead;
        private final String parent;

        PartOfItself(String bead, String parent) {
            super(
                    "PART_OF_ITSELF",
                    "Bead " + parent + " is bead " + bead + " or a part of it. Choose a parent that is neither.");
            this.bead = bead;
            this.parent = parent;
        }

        /** The bead. */
        public String bead() {
            return bead;
        }

        /** The parent that was asked for. */
        public String parent() {
            return parent;
        }
    }
}
