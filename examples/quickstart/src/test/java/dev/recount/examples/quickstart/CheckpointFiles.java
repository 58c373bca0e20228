package dev.recount.examples.quickstart;

import dev.recount.examples.quickstart.CheckpointCommand.RecordCheckpoint;
import dev.recount.reaction.Attempt;
import dev.recount.reaction.Effect;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

record CheckpointFiles(Path folder) implements Effect<SaveCheckpoint, CheckpointCommand> {
    @Override
    public Optional<CheckpointCommand> perform(SaveCheckpoint intent, Attempt attempt) throws IOException {
        Path file = folder.resolve(attempt.key() + ".txt");
        if (!Files.exists(file)) {
            Path part = folder.resolve(attempt.key() + ".part");
            Files.writeString(part, intent.text());
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        }
        return Optional.of(
                new RecordCheckpoint(intent.bead(), file.getFileName().toString()));
    }
}
