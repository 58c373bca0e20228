package dev.recount.store.postgres;

/** Where a rig was when the directory was asked. Immutable. */
record Home(Entry entry, PostgresEventStore store) {

    /** Whether appends are taken there. While they are, they are nowhere else. */
    boolean isOpen() {
        return store.look(session -> RigState.of(session, store.rig())) == RigState.OPEN;
    }

    boolean isSamePlace(Home other) {
        return entry.database().equals(other.entry.database());
    }
}
