/** Beads, agents and mail over many rigs: one log for each rig. */
@org.jspecify.annotations.NullMarked
module dev.recount.examples.town {
    requires transitive dev.recount.core;
    requires transitive dev.recount.codec.jackson;
    requires transitive dev.recount.store.sqlite;
    requires com.fasterxml.jackson.annotation;
    requires com.fasterxml.jackson.core;
    requires com.fasterxml.jackson.databind;
    requires io.vavr;
    requires static org.jspecify;

    exports dev.recount.examples.town;
    exports dev.recount.examples.town.importing;

    opens dev.recount.examples.town to
            com.fasterxml.jackson.databind;
    opens dev.recount.examples.town.importing to
            com.fasterxml.jackson.databind;
}
