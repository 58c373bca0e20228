package dev.recount.examples.orchestration.git;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recount.EventLog;
import dev.recount.command.CommandHandler;
import dev.recount.examples.orchestration.Checkpoint;
import dev.recount.examples.orchestration.GitCommand.RequestCheckpoint;
import dev.recount.examples.orchestration.GitCommand.RequestCommit;
import dev.recount.examples.orchestration.GitCommand.RevertToCheckpoint;
import dev.recount.examples.orchestration.GitCommit;
import dev.recount.examples.orchestration.GitOutcome;
import dev.recount.examples.orchestration.Integrity;
import dev.recount.examples.orchestration.Orchestration;
import dev.recount.examples.orchestration.OrchestrationCommand;
import dev.recount.examples.orchestration.OrchestrationEvent;
import dev.recount.examples.orchestration.OrchestrationLog;
import dev.recount.examples.orchestration.OrchestrationProjector;
import dev.recount.examples.orchestration.ProjectCommand.CreateProject;
import dev.recount.examples.orchestration.ProjectFolders;
import dev.recount.examples.orchestration.ProviderEvent.TurnComplete;
import dev.recount.examples.orchestration.ThreadCommand.CreateThread;
import dev.recount.examples.orchestration.ThreadCommand.DeleteThread;
import dev.recount.examples.orchestration.TurnCommand.IngestProviderEvent;
import dev.recount.examples.orchestration.TurnCommand.StartTurn;
import dev.recount.reaction.Effect;
import dev.recount.reaction.Retries;
import dev.recount.reaction.RunningReactor;
import dev.recount.store.sqlite.SqliteEventStore;
import dev.recount.store.sqlite.SqliteReactions;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The real git, in repositories that are made for it. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class GitTest {

    private static final Instant AT = Instant.parse("2026-03-01T12:00:00Z");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private Path files;
    private Git git;
    private SqliteEventStore store;
    private EventLog<OrchestrationEvent> log;
    private CommandHandler<OrchestrationCommand, OrchestrationEvent> commands;

    @BeforeEach
    void begin() throws Exception {
        files = Files.createDirectory(folder.resolve("project"));
        git = Git.in(files, "Ada", "ada@example.org");
        git.run("init", "--quiet", "--initial-branch=main");
        write("login.txt", "broken");
        git.run("add", "--all");
        git.run("commit", "--quiet", "--message=Begin");
        store = SqliteEventStore.open(database());
        log = OrchestrationLog.in(store);
        commands = OrchestrationLog.commands(log);
        commands.handle(new CreateProject("p1", "Login", files.toString(), AT));
        commands.handle(new CreateThread("p1", "t1", "Fix it", AT));
    }

    @AfterEach
    void end() {
        store.close();
    }

    @Test
    void P10_git_makes_the_references_and_a_revert_brings_the_files_back() throws Exception {
        try (RunningReactor reactor = start(effect())) {
            turn("u1", "login.txt", "mended");
            await(reactor, new RequestCheckpoint("t1", "u1", "c1", AT));
            await(reactor, new RequestCommit("t1", "u1", "m1", "Mend the login", AT));
            turn("u2", "extra.txt", "not wanted");
            write("login.txt", "broken again");
            await(reactor, new RevertToCheckpoint("t1", "c1", AT));
        }

        Checkpoint checkpoint = state().checkpoint("c1").orElseThrow();
        GitCommit commit = state().commits().get("m1");
        assertThat(checkpoint.outcome()).isEqualTo(GitOutcome.DONE);
        assertThat(git.run("show", checkpoint.gitRef() + ":login.txt")).isEqualTo("mended");
        assertThat(commit).isNull();
        assertThat(git.run("log", "-1", "--format=%s by %an")).isEqualTo("Mend the login by Recount");
        assertThat(Files.readString(files.resolve("login.txt"))).isEqualTo("mended");
        assertThat(files.resolve("extra.txt")).doesNotExist();
        assertThat(git.run("status", "--porcelain")).isEmpty();
    }

    @Test
    void P10_the_reference_in_the_log_is_the_commit_on_the_branch() throws Exception {
        try (RunningReactor reactor = start(effect())) {
            turn("u1", "login.txt", "mended");
            await(reactor, new RequestCommit("t1", "u1", "m1", "Mend the login", AT));
        }

        assertThat(state().commit("m1").orElseThrow().gitRef()).isEqualTo(git.run("rev-parse", "HEAD"));
        assertThat(git.run("show", "HEAD:login.txt")).isEqualTo("mended");
        assertThat(git.run("status", "--porcelain")).isEmpty();
    }

    @Test
    void P10_what_git_cannot_do_is_told_as_a_failure_and_not_as_a_reference() throws Exception {
        try (RunningReactor reactor = start(effect())) {
            turn("u1", "login.txt", "broken");
            await(reactor, new RequestCommit("t1", "u1", "m1", "Nothing", AT));
            commands.handle(
                    new CreateProject("p2", "Nowhere", folder.resolve("nowhere").toString(), AT));
            commands.handle(new CreateThread("p2", "t2", "Fix it", AT));
            commands.handle(new StartTurn("t2", "u2", "Go", AT));
            commands.handle(new IngestProviderEvent("t2", "u2", new TurnComplete(""), AT));
            await(reactor, new RequestCheckpoint("t2", "u2", "c2", AT));
        }

        assertThat(state().commit("m1").orElseThrow())
                .extracting(GitCommit::outcome, GitCommit::gitRef, GitCommit::reason)
                .containsExactly(GitOutcome.FAILED, null, "Nothing has changed since the last commit.");
        assertThat(state().checkpoint("c2").orElseThrow())
                .extracting(Checkpoint::outcome, Checkpoint::gitRef, Checkpoint::reason)
                .containsExactly(
                        GitOutcome.FAILED, null, "There is no git repository in " + folder.resolve("nowhere") + ".");
        assertThat(Integrity.problems(state())).isEmpty();
    }

    @Test
    void P10_a_repository_without_a_commit_and_one_without_a_branch_will_do() throws Exception {
        git.run("checkout", "--quiet", "--orphan", "fresh");
        Repository repository = new Repository(git);

        String checkpoint = repository.checkpoint("key-1");
        String first = repository.commit("First", "key-2").orElseThrow();
        git.run("checkout", "--quiet", "--detach");
        write("login.txt", "mended");
        String second = repository.commit("Second", "key-3").orElseThrow();
        repository.restore(checkpoint);

        assertThat(git.run("rev-list", "HEAD").lines()).containsExactly(second, first);
        assertThat(Files.readString(files.resolve("login.txt"))).isEqualTo("broken");
    }

    @ParameterizedTest
    @ValueSource(strings = {"checkpoint", "commit"})
    void P11_a_reactor_that_is_killed_between_git_and_its_report_does_it_once_and_loses_nothing(String what)
            throws Exception {
        turn("u1", "login.txt", "mended");
        commands.handle(
                what.equals("commit")
                        ? new RequestCommit("t1", "u1", "m1", "Mend the login", AT)
                        : new RequestCheckpoint("t1", "u1", "c1", AT));
        String doneBefore = killedAfterGit();
        write("login.txt", "changed since");

        try (RunningReactor reactor = start(effect())) {
            assertThat(reactor.awaitIdle(store.info().head(), PATIENCE)).isTrue();
            assertThat(reactor.parked(9)).isEmpty();
            assertThat(reactor.rejected(9)).isEmpty();
        }

        if (what.equals("commit")) {
            assertThat(state().commit("m1").orElseThrow().gitRef()).isEqualTo(doneBefore);
            assertThat(git.run("rev-list", "--count", "HEAD")).isEqualTo("2");
        } else {
            assertThat(state().checkpoint("c1").orElseThrow().gitRef()).isEqualTo(doneBefore);
            assertThat(git.run("for-each-ref", "--format=%(objectname)", "refs/recount"))
                    .isEqualTo(doneBefore);
        }
    }

    @Test
    void P11_what_was_done_under_a_key_is_found_again_also_when_the_branch_has_moved_on() throws Exception {
        turn("u1", "login.txt", "mended");
        Repository repository = new Repository(git);
        String first = repository.commit("Mend", "key-1").orElseThrow();
        write("login.txt", "changed since");

        assertThat(repository.commit("Mend", "key-1")).contains(first);
        assertThat(repository.checkpoint("key-2")).isEqualTo(repository.checkpoint("key-2"));
        assertThat(repository.commit("Mend", "key-3")).isPresent().get().isNotEqualTo(first);
        assertThat(git.run("rev-list", "--count", "HEAD")).isEqualTo("3");
    }

    @Test
    void P12_an_outcome_for_a_thread_that_was_deleted_meanwhile_is_kept_as_rejected() throws Exception {
        Effect<GitIntent, OrchestrationCommand> slow = (intent, attempt) -> {
            Optional<OrchestrationCommand> outcome = effect().perform(intent, attempt);
            commands.handle(new DeleteThread("t1", AT));
            return outcome;
        };
        turn("u1", "login.txt", "mended");
        try (RunningReactor reactor = start(slow)) {
            await(reactor, new RequestCheckpoint("t1", "u1", "c1", AT));

            assertThat(reactor.rejected(9))
                    .singleElement()
                    .satisfies(rejected -> assertThat(rejected.reason()).contains("t1"));
        }
        assertThat(state().checkpoints()).isEmpty();
        assertThat(Integrity.problems(state())).isEmpty();
    }

    /** Has another process do what is wanted, and kills it before it can tell; gives what git made. */
    private String killedAfterGit() throws Exception {
        Process child = new ProcessBuilder(List.of(
                        System.getProperty("java.home") + File.separator + "bin" + File.separator + "java",
                        "-Xshare:auto",
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx64m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        SilentGit.class.getName(),
                        database().toString()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader said =
                new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8))) {
            String done = said.readLine();
            assertThat(done).as("what the other process has done").matches("[0-9a-f]{40}");
            return done;
        } finally {
            child.destroyForcibly().waitFor();
        }
    }

    private RunningReactor start(Effect<GitIntent, OrchestrationCommand> effect) {
        return log.react(new GitReactor(), SqliteReactions.of(store))
                .withOwner("git")
                .withRetries(Retries.defaults().withWaits(Duration.ZERO, 1, Duration.ZERO))
                .start(effect, commands);
    }

    private GitEffect effect() {
        return new GitEffect(new ProjectFolders(log), InstantSource.system());
    }

    private void await(RunningReactor reactor, OrchestrationCommand command) throws InterruptedException {
        long wanted = commands.handle(command).appended().last();
        assertThat(reactor.awaitIdle(wanted, PATIENCE)).isTrue();
        assertThat(reactor.parked(9)).isEmpty();
    }

    private void turn(String turn, String file, String text) throws IOException {
        commands.handle(new StartTurn("t1", turn, "Go on", AT));
        write(file, text);
        commands.handle(new IngestProviderEvent("t1", turn, new TurnComplete("end of turn"), AT));
    }

    private void write(String file, String text) throws IOException {
        Files.writeString(files.resolve(file), text);
    }

    private Orchestration state() {
        return log.replay(new OrchestrationProjector()).run().state();
    }

    private Path database() {
        return folder.resolve("log.db");
    }
}
