package dev.recount.examples.town;

import dev.recount.store.Query;
import java.time.Instant;

/**
 * A request to a rig. It carries every id and the time, so that deciding asks nobody.
 *
 * <pre>{@code
 * rig.handle(new HookCommand.HookBead("gt-1a2b", "toast", "mayor", now));
 * }</pre>
 */
public sealed interface TownCommand
        permits BeadCommand, HookCommand, AgentCommand, MailCommand, EscalationCommand, ConvoyCommand, MoleculeCommand {

    /** Who asks. */
    String actor();

    /** When, by the clock of whoever asks. */
    Instant occurredAt();

    /** Which events its decision rests on; all that it decides lie inside. */
    Query boundary();
}
