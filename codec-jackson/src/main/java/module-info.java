/** Events to JSON and back with Jackson, which stays out of every public signature. */
@org.jspecify.annotations.NullMarked
module dev.recount.codec.jackson {
    requires transitive dev.recount.core;
    requires com.fasterxml.jackson.core;
    requires com.fasterxml.jackson.databind;
    requires com.fasterxml.jackson.datatype.jdk8;
    requires com.fasterxml.jackson.datatype.jsr310;
    requires static org.jspecify;

    exports dev.recount.codec.jackson;
}
