package dev.recount.store.memory;

import dev.recount.reaction.ReactionStore;
import dev.recount.testkit.ReactionStoreContract;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** The contract on a store with the fault that a parameter of the run names. Run by {@link BrokenReactionsTest} only. */
@ExtendWith(ReactionContractOnAFault.FaultOfTheRun.class)
class ReactionContractOnAFault extends ReactionStoreContract {

    static final String FAULT = "recount.reactionFault";

    private final ReactionStore store;

    ReactionContractOnAFault(ReactionFault fault) {
        this.store = fault.store();
    }

    @Override
    protected ReactionStore open() {
        return store;
    }

    static final class FaultOfTheRun implements ParameterResolver {

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == ReactionFault.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return ReactionFault.valueOf(
                    context.getConfigurationParameter(FAULT).orElseThrow());
        }
    }
}
