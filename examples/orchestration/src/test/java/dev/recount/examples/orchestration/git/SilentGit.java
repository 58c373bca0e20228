package dev.recount.examples.orchestration.git;

import dev.recount.EventLog;
import dev.recount.examples.orchestration.GitCommand.RecordCheckpoint;
import dev.recount.examples.orchestration.GitCommand.RecordCommit;
import dev.recount.examples.orchestration.OrchestrationCommand;
import dev.recount.examples.orchestration.OrchestrationEvent;
import dev.recount.examples.orchestration.OrchestrationLog;
import dev.recount.examples.orchestration.ProjectFolders;
import dev.recount.store.sqlite.SqliteEventStore;
import dev.recount.store.sqlite.SqliteReactions;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** A process whose reactor does what is wanted of git, and then never gets to tell. It is there to be killed. */
final class SilentGit {

    private SilentGit() {}

    public static void main(String[] args) throws InterruptedException {
        CountDownLatch never = new CountDownLatch(1);
        try (SqliteEventStore store = SqliteEventStore.open(Path.of(args[0]))) {
            EventLog<OrchestrationEvent> log = OrchestrationLog.in(store);
            GitEffect git = new GitEffect(new ProjectFolders(log), InstantSource.system());
            log.react(new GitReactor(), SqliteReactions.of(store))
                    .withOwner("git")
                    .start(
                            (intent, attempt) -> {
                                System.out.println(reference(git.perform(intent, attempt)));
                                never.await();
                                return Optional.empty();
                            },
                            OrchestrationLog.commands(log));
            never.await();
        }
    }

    private static String reference(Optional<OrchestrationCommand> outcome) {
        OrchestrationCommand command = outcome.orElseThrow();
        return command instanceof RecordCommit commit ? commit.gitRef() : ((RecordCheckpoint) command).gitRef();
    }
}
