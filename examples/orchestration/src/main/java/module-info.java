/** Projects, threads and turns of agents in one log, with checkpoints and commits in git. */
@org.jspecify.annotations.NullMarked
module dev.recount.examples.orchestration {
    requires transitive dev.recount.core;
    requires transitive dev.recount.codec.jackson;
    requires transitive dev.recount.store.sqlite;
    requires com.fasterxml.jackson.annotation;
    requires io.vavr;
    requires static org.jspecify;

    exports dev.recount.examples.orchestration;
    exports dev.recount.examples.orchestration.git;

    opens dev.recount.examples.orchestration to
            com.fasterxml.jackson.databind;
}
