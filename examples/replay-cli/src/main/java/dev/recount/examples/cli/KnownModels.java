package dev.recount.examples.cli;

import dev.recount.decider.Decider;
import dev.recount.examples.cli.model.Model;
import dev.recount.examples.town.TownDecider;
import dev.recount.examples.workspaces.WorkspaceDecider;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** The models that go by a name, and the rules that do. */
final class KnownModels {

    private static final Map<String, Supplier<Model<?, ?>>> BY_NAME = new TreeMap<>(Map.of(
            "beads", BeadModel::new, "workspaces", WorkspaceModel::new, "orchestration", OrchestrationModel::new));

    // Rules decide on the events of one system, so each are those of a model.
    private static final Map<String, Map<String, Supplier<Decider<?, ?, ?>>>> RULES_BY_MODEL = Map.of(
            "beads", new TreeMap<>(Map.of("town", TownDecider::new, "careful", CarefulTown::new)),
            "workspaces", new TreeMap<>(Map.of("workspaces", WorkspaceDecider::new)));

    private KnownModels() {}

    static boolean isKnown(String name) {
        return BY_NAME.containsKey(name);
    }

    static Model<?, ?> named(String name) {
        Supplier<Model<?, ?>> model = BY_NAME.get(name);
        if (model == null) {
            throw Failure.badInput(
                    "unknown_model",
                    "There is no model '" + name + "'. Name " + String.join(" or ", BY_NAME.keySet())
                            + ", or give --jar APP.jar with the name of a class in it.");
        }
        return model.get();
    }

    /** The rules of that name for the events of a model. */
    static Decider<?, ?, ?> rules(String model, String name) {
        Map<String, Supplier<Decider<?, ?, ?>>> known = RULES_BY_MODEL.getOrDefault(model, Map.of());
        Supplier<Decider<?, ?, ?>> rules = known.get(name);
        if (rules == null) {
            String choice = known.isEmpty() ? "Give" : "Name " + String.join(" or ", known.keySet()) + ", or give";
            throw Failure.badInput(
                    "unknown_rules",
                    "There are no rules '" + name + "' for " + model + ". " + choice
                            + " --jar APP.jar with the name of a Decider in it.");
        }
        return rules.get();
    }
}
