package dev.recount.store.memory;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectUniqueId;

import dev.recount.testkit.EventStoreContract;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Events;

/** The contract bites: each fault is noticed by the suites that are there for it. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class BrokenStoresTest {

    @ParameterizedTest(name = "{1} notices a store that {0}")
    @MethodSource("faultsAndSuites")
    void the_contract_bites(Fault fault, String suite) {
        Events tests = run(
                fault,
                selectUniqueId("[engine:junit-jupiter]/[class:" + ContractOnAFault.class.getName() + "]/[nested-class:"
                        + suite + "]"));

        assertThat(tests.started().count()).as("tests of " + suite).isPositive();
        assertThat(tests.failed().count()).as("failures of " + suite).isPositive();
    }

    @ParameterizedTest
    @EnumSource(names = {"NONE", "PACKS"})
    void a_store_without_a_fault_passes(Fault none) {
        Events tests = run(none, selectClass(ContractOnAFault.class));

        assertThat(tests.started().count()).isGreaterThan(150);
        tests.assertStatistics(statistics -> statistics.failed(0).aborted(0).skipped(0));
    }

    @Test
    void every_suite_has_a_fault_to_notice() {
        Set<String> suites = Arrays.stream(EventStoreContract.class.getDeclaredClasses())
                .filter(suite -> suite.isAnnotationPresent(Nested.class))
                .map(Class::getSimpleName)
                .collect(toSet());

        Set<String> bitten = Arrays.stream(Fault.values())
                .flatMap(fault -> fault.suites().stream())
                .collect(toSet());

        assertThat(bitten).isEqualTo(suites);
    }

    static Stream<Arguments> faultsAndSuites() {
        return Arrays.stream(Fault.values())
                .flatMap(fault -> fault.suites().stream().map(suite -> Arguments.of(fault, suite)));
    }

    private static Events run(Fault fault, DiscoverySelector selector) {
        return EngineTestKit.engine("junit-jupiter")
                .configurationParameter(ContractOnAFault.FAULT, fault.name())
                .selectors(selector)
                .execute()
                .testEvents();
    }
}
