package dev.recount.examples.quickstart;

import dev.recount.examples.quickstart.CheckpointCommand.RecordCheckpoint;
import dev.recount.reaction.Attempt;
import dev.recount.reaction.Effect;
import java.util.Optional;

record CheckpointCommits(Git git) implements Effect<SaveCheckpoint, CheckpointCommand> {
    @Override
    public Optional<CheckpointCommand> perform(SaveCheckpoint intent, Attempt attempt) throws Exception {
        String trailer = "Reactor-Key: " + attempt.key();
        String head = git.run("rev-parse", "HEAD");
        String commit = git.run("log", "-1", "--format=%H", "--fixed-strings", "--grep=" + trailer, head);
        if (commit.isEmpty()) {
            String message = intent.text() + "\n\n" + trailer;
            commit = git.run("commit-tree", head + "^{tree}", "-p", head, "-m", message);
            git.run("update-ref", "HEAD", commit, head); // refuses where HEAD has moved since the look
        }
        return Optional.of(new RecordCheckpoint(intent.bead(), commit));
    }
}
