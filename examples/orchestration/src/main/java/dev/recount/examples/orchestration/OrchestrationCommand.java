package dev.recount.examples.orchestration;

import dev.recount.store.Query;
import java.time.Instant;

/** What can be asked. A command carries every id and the time, so that deciding asks nobody. */
public sealed interface OrchestrationCommand permits ProjectCommand, ThreadCommand {

    /** When, by the clock of whoever asks. */
    Instant occurredAt();

    /** Which events its decision rests on; all that it decides lie inside. */
    Query boundary();
}
