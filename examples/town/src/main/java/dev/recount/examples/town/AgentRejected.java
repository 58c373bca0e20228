package dev.recount.examples.town;

/** Why a rig refuses a command about an agent. */
public abstract sealed class AgentRejected extends TownRejected {

    AgentRejected(String code, String message) {
        super(code, message);
    }

    /** There is no such agent, or it has left. */
    public static final class AgentNotFound extends AgentRejected {

        private final String agent;

        AgentNotFound(String agent) {
            super("AGENT_NOT_FOUND", "Agent " + agent + " is not in this rig. Register it first.");
            this.agent = agent;
        }

        /** The agent. */
        public String agent() {
            return agent;
        }
    }

    /** A living agent has that id or name. */
    public static final class DuplicateAgent extends AgentRejected {

        private final String agent;
        private final String name;

        DuplicateAgent(String agent, String name) {
            super(
                    "DUPLICATE_AGENT",
                    "Agent " + agent + " named " + name + " is in this rig already. Choose another id and name.");
            this.agent = agent;
            this.name = name;
        }

        /** The agent. */
        public String agent() {
            return agent;
        }

        /** Its name. */
        public String name() {
            return name;
        }
    }

    /** A living agent has that role, which a rig has once. */
    public static final class RoleTaken extends AgentRejected {

        private final String role;
        private final String agent;

        RoleTaken(String role, String agent) {
            super("ROLE_TAKEN", "Role " + role + " is taken by agent " + agent + ". It has to leave first.");
            this.role = role;
            this.agent = agent;
        }

        /** The role. */
        public String role() {
            return role;
        }

        /** The agent. */
        public String agent() {
            return agent;
        }
    }
}
