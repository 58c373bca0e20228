package dev.recount.examples.cli;

import dev.recount.decider.Decider;
import dev.recount.examples.cli.model.Model;
import dev.recount.examples.cli.model.RecordedCommands;
import dev.recount.examples.cli.output.Progress;
import dev.recount.examples.cli.output.Terminal;
import dev.recount.replay.WhatIf;
import dev.recount.replay.WhatIfResult;
import dev.recount.store.EventStore;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "whatif",
        description =
                "Decides recorded commands again by other rules, and lists the decisions that would have been others.",
        footer = {"", "Example: recount whatif town.db --model beads --against careful"})
final class WhatIfCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Mixin
    private RigFile rig = new RigFile();

    @Mixin
    private ModelChoice choice = new ModelChoice();

    @Option(
            names = "--against",
            required = true,
            paramLabel = "CLASS",
            description =
                    "The other rules: town or careful for beads, workspaces for workspaces, or with --jar the class of a Decider, such as com.acme.StrictBoard.")
    private String against = "";

    @Mixin
    private AnswerForm answer = new AnswerForm();

    WhatIfCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        return choice.withRules((model, rules) -> decideAgain(model, rules.apply(against)));
    }

    // Which events the other rules are for is known at run time only; where they are for others, the run says so.
    @SuppressWarnings("unchecked")
    private <E> int decideAgain(Model<?, E> model, Decider<?, ?, ?> rules) {
        Decider<Object, Object, E> decider = (Decider<Object, Object, E>) rules;
        RecordedCommands<Object> commands = (RecordedCommands<Object>) model.commandsOf(decider);
        WhatIfResult<Object> result;
        try (EventStore store = rig.open();
                Progress progress = Progress.of(terminal, "Deciding again", answer.isJson())) {
            result = WhatIf.of(store, model.codec(), decider, commands.codec())
                    .within(commands.boundary())
                    .reportingTo(now -> progress.at(now.sequence(), now.until()))
                    .run();
        }
        WhatIfReport report = new WhatIfReport(choice.name(), against, commands.codec());
        if (answer.isJson()) {
            report.writeJson(terminal, result);
        } else {
            report.print(terminal, result);
        }
        return result.isSame() ? ExitStatus.DONE : ExitStatus.DIFFERENT;
    }
}
