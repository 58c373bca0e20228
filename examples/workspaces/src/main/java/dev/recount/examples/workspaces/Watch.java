package dev.recount.examples.workspaces;

import dev.recount.examples.workspaces.WorkspaceCommand.FailProvisioning;
import dev.recount.examples.workspaces.WorkspaceCommand.MarkOffline;
import dev.recount.reaction.Attempt;
import dev.recount.reaction.Effect;
import dev.recount.reaction.Postponed;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** Looks after alarms: says what has to be said, or lets one who was heard of live on. Thread-safe. */
final class Watch implements Effect<Alarm, WorkspaceCommand> {

    private final SignsOfLife signs;
    private final InstantSource clock;
    private final Alarms limits;

    Watch(SignsOfLife signs, InstantSource clock, Alarms limits) {
        this.signs = signs;
        this.clock = clock;
        this.limits = limits;
    }

    @Override
    public Optional<WorkspaceCommand> perform(Alarm alarm, Attempt attempt) throws Postponed {
        Instant now = clock.instant();
        String id = alarm.workspaceId();
        if (alarm instanceof Alarm.NotUpYet) {
            return Optional.of(new FailProvisioning(id, "It was not up within " + text(limits.provisioning()), now));
        }
        Instant silentFrom = signs.lastOf(id).plus(limits.silence());
        if (silentFrom.isAfter(now)) {
            throw Postponed.until(silentFrom);
        }
        return Optional.of(new MarkOffline(id, now));
    }

    private static String text(Duration duration) {
        return duration.toSeconds() + " s";
    }
}
