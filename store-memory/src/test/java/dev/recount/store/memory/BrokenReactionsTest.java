package dev.recount.store.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Events;

/** The contract of reaction stores bites: each fault is noticed. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class BrokenReactionsTest {

    @ParameterizedTest(name = "the contract notices a store that {0}")
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void the_contract_bites(ReactionFault fault) {
        assertThat(run(fault).failed().count()).isPositive();
    }

    @Test
    void a_store_without_a_fault_passes() {
        Events tests = run(ReactionFault.NONE);

        assertThat(tests.started().count()).isGreaterThan(15);
        tests.assertStatistics(statistics -> statistics.failed(0).aborted(0).skipped(0));
    }

    private static Events run(ReactionFault fault) {
        return EngineTestKit.engine("junit-jupiter")
                .configurationParameter(ReactionContractOnAFault.FAULT, fault.name())
                .selectors(selectClass(ReactionContractOnAFault.class))
                .execute()
                .testEvents();
    }
}
