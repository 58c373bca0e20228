package dev.recount.examples.cli;

import dev.recount.codec.EventCodec;
import dev.recount.decider.Projector;
import dev.recount.examples.cli.model.Model;
import dev.recount.examples.orchestration.Orchestration;
import dev.recount.examples.orchestration.OrchestrationEvent;
import dev.recount.examples.orchestration.OrchestrationLog;
import dev.recount.examples.orchestration.OrchestrationProjector;
import dev.recount.examples.orchestration.OrchestrationRows;
import dev.recount.replay.StateRows;

/** Projects, threads and turns, known as {@code orchestration}; rows go by {@code turn:ID}, {@code checkpoint:ID} and so on. Immutable. */
final class OrchestrationModel implements Model<Orchestration, OrchestrationEvent> {

    @Override
    public Projector<Orchestration, OrchestrationEvent> projector() {
        return new OrchestrationProjector();
    }

    @Override
    public EventCodec<OrchestrationEvent> codec() {
        return OrchestrationLog.codec();
    }

    @Override
    public StateRows<Orchestration> rows() {
        return OrchestrationRows.all();
    }
}
