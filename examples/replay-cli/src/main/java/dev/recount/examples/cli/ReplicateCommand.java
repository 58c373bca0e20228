package dev.recount.examples.cli;

import dev.recount.examples.cli.model.Model;
import dev.recount.examples.cli.output.Json;
import dev.recount.examples.cli.output.OutputLost;
import dev.recount.examples.cli.output.Terminal;
import dev.recount.store.EventStore;
import dev.recount.store.EventStoreException;
import dev.recount.store.LogInfo;
import dev.recount.store.sqlite.SqliteEventStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "replicate",
        description =
                "Copies all rigs of a town into PostgreSQL, such as for analytics, and goes on from where it was.",
        footer = {
            "",
            "Every *.db in DIR is a rig; rigs that come later are found. Each event is copied once, whatever is killed when.",
            "The files are only read. The copies can be read, also by SQL in the view event_log, and take no appends: to make",
            "one the rig itself, see 'recount promote', which needs to copy the rest only.",
            "A rig that cannot be copied is named, and the others go on.",
            "Without --follow it ends with a comparison of both sides: hashes, counts, and a read model replayed on both;",
            "exit status 1 where anything differs, 3 where a rig could not be copied.",
            "With --follow it goes on until Ctrl-C, and shows how far each rig's copy is behind."
        })
final class ReplicateCommand implements Callable<Integer> {

    private static final long PAUSE_MILLIS = 200;
    private static final long LONGEST_END_SECONDS = 10;

    private final Terminal terminal;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final CountDownLatch done = new CountDownLatch(1);

    @Parameters(index = "0", paramLabel = "DIR", description = "The directory of the rigs.")
    private Path directory = Path.of("");

    @Mixin
    private PostgresTarget target = new PostgresTarget();

    @Option(names = "--follow", description = "Go on with what is stored from now on, until Ctrl-C.")
    private boolean follow;

    @Mixin
    private ComparedModel choice = new ComparedModel();

    @Mixin
    private AnswerForm answer = new AnswerForm();

    ReplicateCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        if (!Files.isDirectory(directory)) {
            throw Failure.badInput(
                    "no_town", "There is no directory " + directory + ". Give the directory that holds the rigs.");
        }
        return follow ? follow() : choice.with(this::copyAndCompare);
    }

    private int follow() {
        Thread end = new Thread(this::endProcess, "recount-end");
        Runtime.getRuntime().addShutdownHook(end);
        try (PostgresTarget.Open opened = target.open()) {
            TownCopy town = new TownCopy(directory, opened.town());
            do {
                town.bringAll(this::tell, this::isEnded);
                terminal.flush();
            } while (!ended.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS));
            tellAll(town);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            done.countDown();
        }
        return ExitStatus.DONE;
    }

    private boolean isEnded() {
        return ended.getCount() == 0;
    }

    // Ctrl-C is how following ends, so it is no failure: without the halt the status would be that of the signal.
    private void endProcess() {
        ended.countDown();
        try {
            if (done.await(LONGEST_END_SECONDS, TimeUnit.SECONDS)) {
                terminal.flush();
            }
        } catch (InterruptedException | OutputLost e) {
            // The process ends either way, and the next one goes on from what is there.
        }
        Runtime.getRuntime().halt(ExitStatus.DONE);
    }

    private <S, E> int copyAndCompare(Model<S, E> model) {
        try (PostgresTarget.Open opened = target.open()) {
            TownCopy town = new TownCopy(directory, opened.town());
            town.bringAll(rig -> {}, () -> false);
            boolean equal = true;
            for (RigCopy rig : town.rigs()) {
                equal &= rig.broken().isPresent() ? isBroken(rig) : isEqual(model, rig, opened);
            }
            tellAll(town);
            if (!equal) {
                return ExitStatus.DIFFERENT;
            }
            return town.broken() > 0 ? ExitStatus.UNREADABLE_LOG : ExitStatus.DONE;
        }
    }

    private boolean isBroken(RigCopy rig) {
        tell(rig);
        return true;
    }

    private <S, E> boolean isEqual(Model<S, E> model, RigCopy rig, PostgresTarget.Open opened) {
        LogInfo log = rig.copied().orElseThrow();
        EventStore copy = opened.town().existingRig(rig.name()).orElseThrow();
        try (SqliteEventStore store = SqliteEventStore.openReadOnly(rig.file())) {
            Sides sides = Sides.compare(model, store, copy, log.head(), sequence -> {});
            tell(rig, sides);
            return sides.areEqual();
        } catch (EventStoreException e) {
            throw Failure.badInput(
                    "not_compared", "Rig " + rig.name() + " was copied, and cannot be compared: " + e.getMessage());
        }
    }

    private void tell(RigCopy rig) {
        if (answer.isJson()) {
            Json.write(terminal, fields(rig));
        } else if (rig.broken().isPresent()) {
            terminal.line("  " + Printable.text(rig.name()) + " cannot be copied: "
                    + Printable.text(rig.broken().get()));
        } else {
            terminal.line(line(rig));
        }
    }

    private void tell(RigCopy rig, Sides sides) {
        if (answer.isJson()) {
            Map<String, Object> fields = fields(rig);
            fields.put("verified", sides.areEqual());
            fields.put("chain", sides.chain());
            fields.put("counted", sides.targetEvents());
            fields.put("model", choice.name());
            fields.put("compared", sides.compared());
            fields.put("diverging", sides.diverging());
            Json.write(terminal, fields);
        } else {
            terminal.line(line(rig) + (sides.areEqual() ? ", verified" : ", DIFFERENT: " + sides));
        }
    }

    private static String line(RigCopy rig) {
        return String.format(
                Locale.ROOT,
                "  %-20s %,8d copied, up to sequence %d, lag %d",
                Printable.text(rig.name()),
                rig.events(),
                rig.copied().map(LogInfo::head).orElse(0L),
                rig.lag());
    }

    private static Map<String, Object> fields(RigCopy rig) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("rig", rig.name());
        rig.copied().ifPresent(log -> {
            fields.put("logId", log.logId());
            fields.put("head", log.head());
        });
        fields.put("events", rig.events());
        fields.put("lag", rig.lag());
        rig.broken().ifPresent(reason -> {
            fields.put("broken", true);
            fields.put("reason", reason);
        });
        return fields;
    }

    private void tellAll(TownCopy town) {
        if (answer.isJson()) {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("rigs", town.rigs().size());
            fields.put("events", town.events());
            fields.put("lag", town.lag());
            fields.put("brokenRigs", town.broken());
            Json.write(terminal, fields);
        } else {
            terminal.line(String.format(
                    Locale.ROOT,
                    "%,d rigs in %s: %,d events copied, lag %,d, %,d rigs cannot be copied.",
                    town.rigs().size(),
                    target.place(),
                    town.events(),
                    town.lag(),
                    town.broken()));
        }
    }
}
