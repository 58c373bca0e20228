package dev.recount.examples.cli;

import dev.recount.decider.Decider;
import dev.recount.examples.cli.model.Model;
import dev.recount.examples.cli.model.ModelJar;
import dev.recount.examples.cli.model.ModelNotUsable;
import dev.recount.examples.cli.output.OutputLost;
import dev.recount.store.EventStoreException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.CancellationException;
import java.util.function.Function;
import java.util.function.ToIntBiFunction;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which read model a command is about: one of the examples by name, or a class from an application's jar. */
final class ModelChoice {

    @Option(
            names = "--model",
            required = true,
            paramLabel = "NAME",
            description =
                    "beads, workspaces or orchestration, or with --jar the class of a Projector or Model, such as com.acme.BoardProjector.")
    private String name = "";

    @Option(names = "--jar", paramLabel = "APP.jar", description = "The jar that holds the class.")
    private @Nullable Path jar;

    String name() {
        return name;
    }

    /** Does something with the model, while the jar it is from is open. */
    int with(ToIntFunction<Model<?, ?>> use) {
        return withRules((model, rules) -> use.applyAsInt(model));
    }

    /** Does something with the model, and with what finds deciders by name, while the jar they are from is open. */
    int withRules(ToIntBiFunction<Model<?, ?>, Function<String, Decider<?, ?, ?>>> use) {
        return withRules(name, jar, use);
    }

    /** The same with a model of that name, from that jar where one is given. */
    static int withRules(
            String name, @Nullable Path jar, ToIntBiFunction<Model<?, ?>, Function<String, Decider<?, ?, ?>>> use) {
        try {
            if (jar == null) {
                return use.applyAsInt(KnownModels.named(name), rules -> KnownModels.rules(name, rules));
            }
            try (ModelJar opened = ModelJar.open(jar)) {
                Model<?, ?> model = KnownModels.isKnown(name) ? KnownModels.named(name) : opened.model(name);
                return use.applyAsInt(model, opened::decider);
            }
        } catch (ModelNotUsable e) {
            throw Failure.badInput("bad_model", String.valueOf(e.getMessage()));
        } catch (Failure | OutputLost | EventStoreException | UncheckedIOException | CancellationException e) {
            throw e;
        } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError e) {
            throw Failure.badInput("model_failed", "Model " + name + " failed: " + reason(e));
        }
    }

    // A replay names the event.
    private static String reason(Throwable e) {
        String message = String.valueOf(e.getMessage());
        return e instanceof IllegalStateException && e.getCause() != null ? message : e + ".";
    }
}
