package dev.recount.examples.town.importing;

import com.fasterxml.jackson.databind.JsonNode;
import dev.recount.examples.town.AgentEvent.AgentSpawned;
import dev.recount.examples.town.MailEvent.MailSent;
import dev.recount.examples.town.Role;
import dev.recount.examples.town.TownEvent;
import dev.recount.examples.town.TownEvent.BeadHooked;
import dev.recount.examples.town.TownEvent.BeadUnhooked;
import dev.recount.examples.town.TownEvent.ReviewSubmitted;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * A town's activity feed, row by row: {@code {ts, type, actor, payload}}.
 *
 * <p>A row goes to the rig whose bead or agent it names. It is resolved by what the files prove alone: a bead by the issues
 * file that holds it, a short agent name by an earlier spawn in the same rig. Not thread-safe.
 */
final class FeedRows {

    private final Map<String, String> rigOfBead;
    private final Set<String> rigs;
    private final Routes routes;
    private final Set<String> spawned = new HashSet<>();

    FeedRows(Map<String, String> rigOfBead, Set<String> rigs, Routes routes) {
        this.rigOfBead = rigOfBead;
        this.rigs = rigs;
        this.routes = routes;
    }

    /** An event and the rig that it belongs to. Immutable. */
    record Located(String rig, TownEvent event) {}

    Located locate(JsonNode row) {
        String actor = Json.text(row, "actor");
        Instant at = Json.time(row, "ts");
        JsonNode payload = row.path("payload");
        return switch (Json.required(row, "type")) {
            case "spawn" -> spawn(payload, actor, at);
            case "sling" -> sling(payload, actor, at);
            case "unhook" -> {
                String bead = Json.required(payload, "bead");
                yield new Located(rigOf(bead), new BeadUnhooked(bead, agent(actor), actor, null, at));
            }
            case "done" -> {
                String bead = Json.required(payload, "bead");
                yield new Located(
                        rigOf(bead), new ReviewSubmitted(bead, agent(actor), actor, Json.text(payload, "branch"), at));
            }
            case "mail" -> mail(payload, actor, at);
            default ->
                throw new Unresolvable(
                        "type '" + Json.text(row, "type") + "' changes no bead, agent or mailbox of a rig");
        };
    }

    private Located spawn(JsonNode payload, String actor, Instant at) {
        String rig = knownRig(Json.required(payload, "rig"));
        String name = Json.required(payload, "polecat");
        String agent = rig + "/polecats/" + name;
        spawned.add(agent);
        return new Located(rig, new AgentSpawned(agent, name, Role.POLECAT.word(), actor, null, at));
    }

    private Located sling(JsonNode payload, String actor, Instant at) {
        String bead = Json.required(payload, "bead");
        String agent = agent(Json.required(payload, "target"));
        String name = agent.substring(agent.lastIndexOf('/') + 1);
        return new Located(rigOf(bead), new BeadHooked(bead, agent, name, null, actor, null, at));
    }

    private Located mail(JsonNode payload, String actor, Instant at) {
        String to = Json.required(payload, "to");
        String first = to.contains("/") ? to.substring(0, to.indexOf('/')) : to;
        String rig = first.equals(Role.MAYOR.word()) ? Routes.TOWN : first;
        return new Located(
                knownRig(rig), new MailSent(null, actor, to, Json.text(payload, "subject"), actor, null, at));
    }

    private String rigOf(String bead) {
        String rig = rigOfBead.get(bead);
        if (rig == null) {
            String routed = routes.rigOf(bead)
                    .map(to -> ", though its prefix is routed to " + to)
                    .orElse("");
            throw new Unresolvable("bead '" + bead + "' is in no issues file" + routed);
        }
        return rig;
    }

    private String knownRig(String rig) {
        if (!rigs.contains(rig)) {
            throw new Unresolvable("rig '" + rig + "' has no issues file");
        }
        return rig;
    }

    /** An agent's address in full: {@code miden/ace} is {@code miden/polecats/ace} once that one was spawned. */
    private String agent(String address) {
        int slash = address.indexOf('/');
        if (slash < 0) {
            return address;
        }
        String full = address.substring(0, slash) + "/polecats" + address.substring(slash);
        return spawned.contains(full) ? full : address;
    }
}
