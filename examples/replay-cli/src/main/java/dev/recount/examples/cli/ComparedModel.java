package dev.recount.examples.cli;

import dev.recount.examples.cli.model.Model;
import java.nio.file.Path;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The read model by which two sides are compared. */
final class ComparedModel {

    @Option(
            names = "--model",
            defaultValue = "beads",
            paramLabel = "NAME",
            description = "What is replayed on both sides: ${DEFAULT-VALUE}, or with --jar the class of a Projector or"
                    + " Model.")
    private String name = "beads";

    @Option(names = "--jar", paramLabel = "APP.jar", description = "The jar that holds the class.")
    private @Nullable Path jar;

    String name() {
        return name;
    }

    int with(ToIntFunction<Model<?, ?>> use) {
        return ModelChoice.withRules(name, jar, (model, rules) -> use.applyAsInt(model));
    }
}
