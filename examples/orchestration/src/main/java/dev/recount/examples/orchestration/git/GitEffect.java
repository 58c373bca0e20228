package dev.recount.examples.orchestration.git;

import dev.recount.examples.orchestration.GitCommand.FailCheckpoint;
import dev.recount.examples.orchestration.GitCommand.FailCommit;
import dev.recount.examples.orchestration.GitCommand.RecordCheckpoint;
import dev.recount.examples.orchestration.GitCommand.RecordCommit;
import dev.recount.examples.orchestration.OrchestrationCommand;
import dev.recount.examples.orchestration.git.GitIntent.MakeCommit;
import dev.recount.examples.orchestration.git.GitIntent.RestoreFiles;
import dev.recount.examples.orchestration.git.GitIntent.TakeCheckpoint;
import dev.recount.reaction.Attempt;
import dev.recount.reaction.Effect;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;

/**
 * Does with the real git what is wanted, and tells what came of it. Each thing is done once, however often it is tried.
 *
 * <p>What another try cannot mend, such as a folder without a repository, is an outcome as well. All else that fails is tried again. Immutable.
 */
public final class GitEffect implements Effect<GitIntent, OrchestrationCommand> {

    private final Function<String, Optional<Path>> folders;
    private final InstantSource clock;

    /**
     * Git in the folders of projects.
     *
     * @param folders gives a project's folder; empty where there is no such project any more
     * @param clock says when something could not be done; what was done has the time of its commit
     */
    public GitEffect(Function<String, Optional<Path>> folders, InstantSource clock) {
        this.folders = folders;
        this.clock = clock;
    }

    @Override
    public Optional<OrchestrationCommand> perform(GitIntent intent, Attempt attempt)
            throws IOException, InterruptedException {
        Optional<Path> folder = folders.apply(intent.project());
        if (folder.isEmpty()) {
            return failed(intent, "The project is no more.");
        }
        Git git = Git.in(folder.get(), "Recount", "recount@localhost");
        return git.hasRepository()
                ? perform(intent, new Repository(git), attempt.key())
                : failed(intent, "There is no git repository in " + folder.get() + ".");
    }

    private Optional<OrchestrationCommand> perform(GitIntent intent, Repository repository, String key)
            throws IOException, InterruptedException {
        if (intent instanceof TakeCheckpoint wanted) {
            String commit = repository.checkpoint(key);
            return Optional.of(
                    new RecordCheckpoint(wanted.thread(), wanted.checkpoint(), commit, repository.madeAt(commit)));
        }
        if (intent instanceof MakeCommit wanted) {
            Optional<String> commit = repository.commit(wanted.message(), key);
            return commit.isEmpty()
                    ? failed(wanted, "Nothing has changed since the last commit.")
                    : Optional.of(new RecordCommit(
                            wanted.thread(), wanted.commit(), commit.get(), repository.madeAt(commit.get())));
        }
        repository.restore(((RestoreFiles) intent).gitRef());
        return Optional.empty();
    }

    private Optional<OrchestrationCommand> failed(GitIntent intent, String reason) {
        if (intent instanceof TakeCheckpoint wanted) {
            return Optional.of(new FailCheckpoint(wanted.thread(), wanted.checkpoint(), reason, clock.instant()));
        }
        return intent instanceof MakeCommit wanted
                ? Optional.of(new FailCommit(wanted.thread(), wanted.commit(), reason, clock.instant()))
                : Optional.empty();
    }
}
