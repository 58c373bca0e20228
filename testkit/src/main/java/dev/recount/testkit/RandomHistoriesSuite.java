package dev.recount.testkit;

import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** A store and a naive model go through the same random operations and never disagree. */
abstract class RandomHistoriesSuite extends ContractSuite {

    private static final int HISTORIES = 12;

    RandomHistoriesSuite(EventStoreContract contract) {
        super(contract);
    }

    @TestFactory
    Stream<DynamicTest> a_random_history_reads_as_the_model_says() {
        return LongStream.rangeClosed(1, HISTORIES)
                .mapToObj(seed -> DynamicTest.dynamicTest(
                        "seed " + seed, () -> new RandomHistory(seed, clock, () -> open("history" + seed)).run()));
    }
}
