/** An organisation of workspaces and agents: what is stored, what is only told, and what it was last Tuesday. */
@org.jspecify.annotations.NullMarked
module dev.recount.examples.workspaces {
    requires transitive dev.recount.core;
    requires transitive dev.recount.codec.jackson;
    requires transitive dev.recount.store.sqlite;
    requires transitive dev.recount.feed.http;
    requires com.fasterxml.jackson.databind;
    requires io.vavr;
    requires static org.jspecify;

    exports dev.recount.examples.workspaces;

    opens dev.recount.examples.workspaces to
            com.fasterxml.jackson.databind;
}
