/** The strictest event store, for tests and prototypes. */
@org.jspecify.annotations.NullMarked
module dev.recount.store.memory {
    requires transitive dev.recount.core;
    requires static org.jspecify;

    exports dev.recount.store.memory;
}
