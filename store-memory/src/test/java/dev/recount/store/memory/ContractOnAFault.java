package dev.recount.store.memory;

import dev.recount.store.EventStore;
import dev.recount.store.Retained;
import dev.recount.store.Retention;
import dev.recount.testkit.EventStoreContract;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestWatcher;

/** The contract on the memory store with the fault that a parameter of the run names. Run by {@link BrokenStoresTest} only. */
@ExtendWith(ContractOnAFault.FaultOfTheRun.class)
@ExtendWith(ContractOnAFault.UntilItBites.class)
class ContractOnAFault extends EventStoreContract {

    static final String FAULT = "recount.fault";

    private final Map<String, MemoryEventStore> logs = new HashMap<>();
    private final Fault fault;

    ContractOnAFault(Fault fault) {
        this.fault = fault;
    }

    @Override
    protected EventStore open(String log, InstantSource clock) {
        return fault.in(logs.computeIfAbsent(log, name -> MemoryEventStore.create(clock))
                .reopen());
    }

    @Override
    protected Retained retain(String log, Retention retention) {
        return logs.get(log).reopen().retain(retention);
    }

    // What a faulty store fails to do is waited for in vain.
    @Override
    protected Duration patience() {
        return fault.suites().isEmpty() ? super.patience() : Duration.ofSeconds(5);
    }

    static final class FaultOfTheRun implements ParameterResolver {

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == Fault.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return Fault.valueOf(context.getConfigurationParameter(FAULT).orElseThrow());
        }
    }

    /** One failure shows that a fault is noticed: what comes after it, often by waiting in vain, would show no more. */
    static final class UntilItBites implements TestWatcher, ExecutionCondition {

        private boolean bitten;

        @Override
        public void testFailed(ExtensionContext context, Throwable cause) {
            bitten = true;
        }

        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            return bitten
                    ? ConditionEvaluationResult.disabled("The fault was noticed.")
                    : ConditionEvaluationResult.enabled("The fault was not noticed yet.");
        }
    }
}
