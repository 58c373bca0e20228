package dev.recount.store.memory;

import dev.recount.snapshot.SnapshotStore;
import dev.recount.testkit.SnapshotStoreContract;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** The contract on a store with the fault that a parameter of the run names. Run by {@link BrokenSnapshotsTest} only. */
@ExtendWith(SnapshotContractOnAFault.FaultOfTheRun.class)
class SnapshotContractOnAFault extends SnapshotStoreContract {

    static final String FAULT = "recount.snapshotFault";

    private final SnapshotStore store;

    SnapshotContractOnAFault(SnapshotFault fault) {
        this.store = fault.store();
    }

    @Override
    protected SnapshotStore open() {
        return store;
    }

    static final class FaultOfTheRun implements ParameterResolver {

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == SnapshotFault.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return SnapshotFault.valueOf(
                    context.getConfigurationParameter(FAULT).orElseThrow());
        }
    }
}
