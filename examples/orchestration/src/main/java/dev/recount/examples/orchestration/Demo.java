package dev.recount.examples.orchestration;

import dev.recount.EventLog;
import dev.recount.command.CommandHandler;
import dev.recount.command.Outcome;
import dev.recount.event.Metadata;
import dev.recount.examples.orchestration.GitCommand.RequestCheckpoint;
import dev.recount.examples.orchestration.GitCommand.RequestCommit;
import dev.recount.examples.orchestration.GitCommand.RevertToCheckpoint;
import dev.recount.examples.orchestration.ProjectCommand.CreateProject;
import dev.recount.examples.orchestration.ScriptedProvider.Script;
import dev.recount.examples.orchestration.ThreadCommand.CreateThread;
import dev.recount.examples.orchestration.TurnCommand.RespondToApproval;
import dev.recount.examples.orchestration.TurnCommand.StartTurn;
import dev.recount.examples.orchestration.git.Git;
import dev.recount.examples.orchestration.git.GitEffect;
import dev.recount.examples.orchestration.git.GitReactor;
import dev.recount.reaction.RunningReactor;
import dev.recount.store.sqlite.SqliteEventStore;
import dev.recount.store.sqlite.SqliteReactions;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/**
 * Two turns of an agent in a git repository of its own: streamed, approved, kept as a checkpoint and committed; then the second one is taken
 * back. At the end it tells what led to what, and compares the live tables with a replay. Not thread-safe: made for one run.
 */
final class Demo {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String THREAD = "greeting";
    private static final Metadata ANN = Metadata.empty().withActor("ann").withCorrelationId(THREAD);

    private final PrintStream out;
    private final Path files;
    private final Duration pace;
    private final InstantSource clock;
    private final SqliteEventStore store;
    private final EventLog<OrchestrationEvent> log;
    private final CommandHandler<OrchestrationCommand, OrchestrationEvent> commands;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();

    private Demo(PrintStream out, Path files, Duration pace, InstantSource clock, SqliteEventStore store) {
        this.out = out;
        this.files = files;
        this.pace = pace;
        this.clock = clock;
        this.store = store;
        this.log = OrchestrationLog.in(store);
        this.commands = OrchestrationLog.commands(log);
    }

    /**
     * Plays it in a folder, and leaves there the project's files and the log.
     *
     * @param pace how long the agent takes for a few characters
     * @param clock says when what the agent has said so far is stored; by one that stands still, all that it says at a stretch is one event
     */
    static void run(PrintStream out, Path folder, Duration pace, InstantSource clock)
            throws IOException, InterruptedException {
        Path files = Files.createDirectory(folder.resolve("hello"));
        try (SqliteEventStore store = DemoLog.open(folder.resolve("orchestration.db"))) {
            Demo demo = new Demo(out, files, pace, clock, store);
            DemoLog shown = DemoLog.shown(store, out);
            try {
                demo.play();
            } finally {
                demo.timer.shutdownNow();
                shown.end();
            }
            demo.tell();
        }
    }

    private void play() throws IOException, InterruptedException {
        Git git = Git.in(files, "Ann", "ann@example.org");
        git.run("init", "--quiet", "--initial-branch=main");
        git.run("commit", "--quiet", "--allow-empty", "--message=Begin");
        commands.handle(new CreateProject("hello", "Hello", files + "/.", clock.instant()), ANN);
        commands.handle(new CreateThread("hello", THREAD, "Say hello", clock.instant()), ANN);
        GitEffect effect = new GitEffect(new ProjectFolders(log), clock);
        try (RunningReactor reactor =
                log.react(new GitReactor(), SqliteReactions.of(store)).start(effect, commands)) {
            keepFirstTurn(reactor);
            takeBackSecondTurn(reactor, git);
        }
    }

    private void keepFirstTurn(RunningReactor reactor) throws IOException, InterruptedException {
        String thought = "A file with one line will do \ud83d\ude42.";
        Script script = new Script(thought, "greeting.txt", "Hello", "There is your greeting.");
        long ended = turn("turn-1", "Write a greeting", script);
        await(reactor, new RequestCheckpoint(THREAD, "turn-1", "before-shouting", clock.instant()), ended);
        await(reactor, new RequestCommit(THREAD, "turn-1", "commit-1", "Say hello", clock.instant()), ended);
    }

    private void takeBackSecondTurn(RunningReactor reactor, Git git) throws IOException, InterruptedException {
        String answer = "Now nobody can miss it \ud83d\udce2.";
        Script script = new Script("Capitals, then.", "greeting.txt", "HELLO!!!", answer);
        long ended = turn("turn-2", "Louder!", script);
        show(git);
        await(reactor, new RevertToCheckpoint(THREAD, "before-shouting", clock.instant()), ended);
        show(git);
    }

    /** A turn, from what is asked to its end; gives the sequence of that. */
    private long turn(String turn, String prompt, Script script) throws IOException, InterruptedException {
        Outcome<OrchestrationEvent> started = commands.handle(
                new StartTurn(THREAD, turn, prompt, clock.instant()), ANN.withCommandId("start-" + turn));
        Metadata cause = Metadata.empty()
                .withActor("agent")
                .withCorrelationId(THREAD)
                .withCausationId("event:" + started.appended().last());
        TurnStream.Destination own = new TurnStream.Destination(THREAD, turn, cause);
        try (TurnStream stream =
                TurnStream.of(OrchestrationLog.batches(log), own, Coalescing.defaults(), timer, clock)) {
            new ScriptedProvider(files, pace).run(script, stream, approval -> answer(turn, approval));
        }
        return store.info().head();
    }

    private Answer answer(String turn, String approval) throws InterruptedException {
        long asked = store.info().head();
        Thread.sleep(pace.toMillis() * 20);
        commands.handle(
                new RespondToApproval(THREAD, turn, approval, Answer.ACCEPT, clock.instant()),
                ANN.withCausationId("event:" + asked));
        return Answer.ACCEPT;
    }

    /** Asks for something that git is to do, and waits until it is done, since the next turn works on the same files. */
    private void await(RunningReactor reactor, OrchestrationCommand command, long cause) throws InterruptedException {
        long wanted = commands.handle(command, ANN.withCausationId("event:" + cause))
                .appended()
                .last();
        if (!reactor.awaitIdle(wanted, PATIENCE)) {
            throw new IllegalStateException("Git took longer than " + PATIENCE + ". Look for what it waits for.");
        }
    }

    private void show(Git git) throws IOException, InterruptedException {
        out.println("--- greeting.txt says "
                + Files.readString(files.resolve("greeting.txt")).strip() + "; the last commit is "
                + git.run("log", "-1", "--format=%s"));
    }

    private void tell() {
        out.println("--- what led to what");
        out.print(CausationGraph.ofTurn(log, "turn-1").print());
        Orchestration all = log.replay(new OrchestrationProjector()).run().state();
        all.turns()
                .values()
                .forEach(turn ->
                        out.println("--- " + turn.id() + " is " + turn.status().word() + ": " + turn.text()));
        out.println("--- the model: " + Integrity.problems(all).size() + " problems; the tables: "
                + store.verify(new OrchestrationTables()).report());
    }
}
