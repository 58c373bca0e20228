package dev.recount.examples.cli;

import dev.recount.codec.EventCodec;
import dev.recount.decider.Projector;
import dev.recount.examples.cli.model.Model;
import dev.recount.examples.orchestration.Orchestration;
import dev.recount.examples.orchestration.OrchestrationEvent;
import dev.recount.examples.orchestration.OrchestrationLog;
import dev.recount.examples.orchestration.OrchestrationProjector;
import dev.recount.examples.orchestration.OrchestrationRows;
import dev.recount.examples.orchestration.OrchestrationTables;
import dev.recount.replay.StateRows;
import dev.recount.sql.SqlReadModel;
import dev.recount.store.Query;
import java.util.Optional;

/** Projects, threads and turns, known as {@code orchestration}; rows go by {@code turn:ID}, {@code checkpoint:ID} and so on. Immutable. */
final class OrchestrationModel implements Model<Orchestration, OrchestrationEvent> {

    // What is in a thread comes with it, stands in its order, and goes with it or by a revert.
    private static final Query LIVES = Query.ofTypes(
            "thread_created",
            "thread_deleted",
            "turn_started",
            "checkpoint_requested",
            "commit_requested",
            "reverted_to_checkpoint");

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

    @Override
    public Optional<Query> eventsOf(String key) {
        int colon = key.indexOf(':');
        Query own = Query.tagged(key.substring(0, Math.max(0, colon)), key.substring(colon + 1));
        return switch (key.substring(0, Math.max(0, colon))) {
            case "project", "thread" -> Optional.of(own);
            case "turn", "checkpoint", "commit" -> Optional.of(own.or(LIVES));
            default -> Optional.empty();
        };
    }

    @Override
    public Optional<SqlReadModel> tables() {
        return Optional.of(new OrchestrationTables());
    }
}
