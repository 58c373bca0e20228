/** The samples of the README, the docs and the Javadoc, compiled and run. */
@org.jspecify.annotations.NullMarked
module dev.recount.examples.quickstart {
    requires dev.recount.codec.jackson;
    requires dev.recount.store.sqlite;
    requires static org.jspecify;

    opens dev.recount.examples.quickstart to
            com.fasterxml.jackson.databind;
}
