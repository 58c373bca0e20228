package dev.recount.examples.town;

/** Why a rig refuses a command about a bead and the agent that holds it. */
public abstract sealed class HookRejected extends TownRejected {

    HookRejected(String code, String message) {
        super(code, message);
    }

    /** The agent holds another bead. */
    public static final class AgentAlreadyHooked extends HookRejected {

        private final String agent;
        private final String bead;

        AgentAlreadyHooked(String agent, String bead) {
            super("AGENT_ALREADY_HOOKED", "Agent " + agent + " holds bead " + bead + ". Unhook that one first.");
            this.agent = agent;
            this.bead = bead;
        }

        /** The agent. */
        public String agent() {
            return agent;
        }

        /** The bead. */
        public String bead() {
            return bead;
        }
    }

    /** Another agent holds the bead. */
    public static final class BeadAlreadyHooked extends HookRejected {

        private final String bead;
        private final String agent;

        BeadAlreadyHooked(String bead, String agent) {
            super("BEAD_ALREADY_HOOKED", "Bead " + bead + " is held by agent " + agent + ". Unhook it there first.");
            this.bead = bead;
            this.agent = agent;
        }

        /** The bead. */
        public String bead() {
            return bead;
        }

        /** The agent. */
        public String agent() {
            return agent;
        }
    }

    /** The agent does not hold the bead. */
    public static final class NotHooked extends HookRejected {

        private final String bead;
        private final String agent;

        NotHooked(String bead, String agent) {
            super("NOT_HOOKED", "Agent " + agent + " does not hold bead " + bead + ". Hook it first.");
            this.bead = bead;
            this.agent = agent;
        }

        /** The bead. */
        public String bead() {
            return bead;
        }

        /** The agent. */
        public String agent() {
            return agent;
        }
    }
}
