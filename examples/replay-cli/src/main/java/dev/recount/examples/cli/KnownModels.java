package dev.recount.examples.cli;

import dev.recount.examples.cli.model.Model;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** The models that go by a name. */
final class KnownModels {

    private static final Map<String, Supplier<Model<?, ?>>> BY_NAME = new TreeMap<>(Map.of("beads", BeadModel::new));

    private KnownModels() {}

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
}
