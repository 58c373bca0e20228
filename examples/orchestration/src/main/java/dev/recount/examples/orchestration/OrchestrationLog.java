package dev.recount.examples.orchestration;

import dev.recount.EventLog;
import dev.recount.codec.EventCodec;
import dev.recount.codec.jackson.JacksonCodec;
import dev.recount.codec.jackson.JsonObject;
import dev.recount.codec.jackson.Upcaster;
import dev.recount.command.CommandHandler;
import dev.recount.decider.Decider;
import dev.recount.store.EventStore;
import dev.recount.store.Query;
import java.util.List;
import java.util.Map;

/**
 * The log: where everything begins.
 *
 * <pre>{@code
 * EventLog<OrchestrationEvent> log = OrchestrationLog.in(store);
 * OrchestrationLog.commands(log).handle(new TurnCommand.StartTurn("t1", "turn-1", "Fix the login", now));
 * Orchestration all = log.replay(new OrchestrationProjector()).run().state();
 * }</pre>
 */
public final class OrchestrationLog {

    private static final int KEPT_THREADS = 100;

    private static final Map<String, String> FIRST_ANSWERS = Map.of(
            "approved", "ACCEPT",
            "approvedForSession", "ACCEPT_FOR_SESSION",
            "rejected", "DECLINE",
            "aborted", "CANCEL");

    private static final EventCodec<OrchestrationEvent> CODEC = JacksonCodec.builder(OrchestrationEvent.class)
            .upcaster("turn_completed", 1, Upcaster.ofData(json -> json.with("reason", "")))
            .upcaster("approval_answered", 1, Upcaster.ofData(OrchestrationLog::renamedAnswer))
            .build();

    private OrchestrationLog() {}

    /** The log that a store holds. */
    public static EventLog<OrchestrationEvent> in(EventStore store) {
        return EventLog.of(store, CODEC);
    }

    /** The codec of all logs, which reads old events, too. */
    public static EventCodec<OrchestrationEvent> codec() {
        return CODEC;
    }

    /** Carries out commands, each within what it rests on. The threads that were at work last are kept, so that a stream reads nothing twice. */
    public static CommandHandler<OrchestrationCommand, OrchestrationEvent> commands(EventLog<OrchestrationEvent> log) {
        return log.handle(new OrchestrationDecider())
                .within(OrchestrationCommand::boundary)
                .keepingStates(KEPT_THREADS);
    }

    /** Carries out several commands as one: all of them, each on what those before it lead to, or none. */
    public static CommandHandler<List<OrchestrationCommand>, OrchestrationEvent> batches(
            EventLog<OrchestrationEvent> log) {
        return log.handle(Decider.ofBatches(new OrchestrationDecider()))
                .within(OrchestrationLog::boundary)
                .keepingStates(KEPT_THREADS);
    }

    private static Query boundary(List<OrchestrationCommand> batch) {
        return batch.stream().map(OrchestrationCommand::boundary).reduce(Query.none(), Query::or);
    }

    private static JsonObject renamedAnswer(JsonObject json) {
        String answer = json.text("answer").orElse("");
        return json.with("answer", FIRST_ANSWERS.getOrDefault(answer, answer));
    }
}
