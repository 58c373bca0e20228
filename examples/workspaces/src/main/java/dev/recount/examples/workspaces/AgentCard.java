package dev.recount.examples.workspaces;

import java.util.List;

/**
 * What an agent says of itself. Immutable.
 *
 * @param name what it is called
 * @param skills what it can do
 */
public record AgentCard(String name, List<String> skills) {

    /** Copies the skills; refuses a card without a name or skills. */
    public AgentCard {
        Required.component("agent_card.name", name);
        skills = Required.list("agent_card.skills", skills);
    }
}
