package dev.recount.examples.cli;

import dev.recount.examples.cli.model.Model;
import dev.recount.examples.cli.output.Json;
import dev.recount.examples.cli.output.Progress;
import dev.recount.examples.cli.output.Terminal;
import dev.recount.store.EventStore;
import dev.recount.store.postgres.PostgresTown;
import dev.recount.store.postgres.Transfer;
import dev.recount.store.postgres.Transferred;
import dev.recount.store.sqlite.SqliteEventStore;
import dev.recount.transfer.Standing;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "promote",
        description = "Moves a rig from its file into PostgreSQL, where it stays the same log, and seals the file.",
        footer = {
            "",
            "Sequences, times, hashes, receipts, the log's id and what reactors have to do are kept, so cursors stay valid.",
            "Programs may append meanwhile: once the file is sealed, their appends are refused and say where the log went.",
            "The file can be read as before. Where it was broken off, run the same again; what was done is not done twice.",
            "At the end both sides are compared: hashes, counts, receipts, and a read model replayed on both.",
            "Exit status 1 where anything differs. The role must own the schema, or be able to make it."
        })
final class PromoteCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Mixin
    private RigFile rig = new RigFile();

    @Mixin
    private PostgresTarget target = new PostgresTarget();

    @Option(names = "--rig", paramLabel = "NAME", description = "The rig's name there, by default that of the file.")
    private @Nullable String name;

    @Mixin
    private ComparedModel choice = new ComparedModel();

    @Mixin
    private AnswerForm answer = new AnswerForm();

    PromoteCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    /**
     * The answer for programs. Immutable.
     *
     * @param rig the rig's name in the database
     * @param head the sequence at which the file is sealed
     * @param floor the sequence up to which retention has removed events from the file
     * @param events how many events there are up to there, in the database
     * @param copied how many of them were copied by this run
     * @param receipts how many receipts there are in the file
     * @param sealed whether the file takes no appends any more
     * @param verified whether both sides are equal
     * @param chain the hash at the head
     * @param compared how many rows of the model were compared
     * @param diverging the keys of those that differ, the first hundred
     * @param to where the rig is now
     */
    private record Answer(
            String rig,
            String logId,
            long head,
            long floor,
            long events,
            long copied,
            long receipts,
            boolean sealed,
            boolean verified,
            String chain,
            String model,
            long compared,
            List<String> diverging,
            String to) {

        Answer {
            diverging = List.copyOf(diverging);
        }
    }

    @Override
    public Integer call() {
        return choice.with(this::promote);
    }

    private <S, E> int promote(Model<S, E> model) {
        try (SqliteEventStore source = rig.openToWrite();
                PostgresTarget.Open opened = target.open()) {
            Transferred moved = move(source, opened.town());
            EventStore there = opened.town().existingRig(moved.rig()).orElseThrow();
            Sides sides = compare(model, source, there);
            Answer done = answer(moved, source, sides);
            if (answer.isJson()) {
                Json.write(terminal, done);
            } else {
                print(done, sides);
            }
            return done.verified() ? ExitStatus.DONE : ExitStatus.DIFFERENT;
        }
    }

    private Transferred move(SqliteEventStore source, PostgresTown town) {
        String there = name == null ? rig.name() : name;
        long head = source.info().head();
        try (Progress progress = Progress.of(terminal, "Copying", answer.isJson())) {
            return Transfer.of(source.transferSource(), town, there)
                    .reportingTo(sequence -> progress.at(sequence, head))
                    .move("rig '" + there + "' in " + target.place());
        } catch (IllegalStateException e) {
            throw Failure.badInput("not_promoted", rig.file() + " was not promoted: " + e.getMessage());
        } catch (IllegalArgumentException e) {
            throw Failure.badInput("bad_rig_name", String.valueOf(e.getMessage()));
        }
    }

    private <S, E> Sides compare(Model<S, E> model, EventStore source, EventStore there) {
        long head = source.info().head();
        try (Progress progress = Progress.of(terminal, "Verifying", answer.isJson())) {
            return Sides.compare(model, source, there, head, sequence -> progress.at(sequence, head));
        }
    }

    private Answer answer(Transferred moved, SqliteEventStore source, Sides sides) {
        return new Answer(
                moved.rig(),
                moved.logId(),
                source.info().head(),
                source.info().floor(),
                sides.targetEvents(),
                moved.events(),
                source.transferSource().marks().receipts(),
                source.transferSource().state().standing() == Standing.SEALED,
                sides.areEqual(),
                sides.chain(),
                choice.name(),
                sides.compared(),
                sides.diverging(),
                target.place());
    }

    private void print(Answer done, Sides sides) {
        terminal.line(String.format(
                Locale.ROOT,
                "Promoted %s to %s: %,d events up to sequence %d, %,d of them copied now.",
                done.rig(),
                done.to(),
                done.events(),
                done.head(),
                done.copied()));
        terminal.line("The file is sealed: it can be read, and appends go to the database from now on.");
        terminal.line(String.format(
                Locale.ROOT,
                "%s: %s chain %.12s, %,d events here and %,d there, %,d receipts.",
                done.verified() ? "Verified" : "DIFFERENT",
                sides.sameChain() ? "same" : "another",
                sides.chain(),
                sides.sourceEvents(),
                sides.targetEvents(),
                done.receipts()));
        printModel(sides);
    }

    private void printModel(Sides sides) {
        if (sides.modelLeftOut()) {
            terminal.line("  Retention has removed events from the file that the copy has, so " + choice.name()
                    + " was not compared.");
            return;
        }
        terminal.line(String.format(
                Locale.ROOT,
                "  %,d rows of %s replayed on both sides, %,d differ.",
                sides.compared(),
                choice.name(),
                sides.diverging().size()));
        sides.diverging().forEach(key -> terminal.line("  " + Printable.text(key)));
    }
}
