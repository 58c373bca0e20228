/** Given/when/then specs, decider laws and the event store contract. */
@org.jspecify.annotations.NullMarked
module dev.recount.testkit {
    requires transitive dev.recount.core;
    requires transitive org.junit.jupiter.api;
    requires org.opentest4j;
    requires static org.jspecify;

    exports dev.recount.testkit;

    // JUnit runs the suites of the contract, which are package-private.
    opens dev.recount.testkit;
}
