package dev.recount.store.sqlite;

/** A read model as it was registered. Immutable. */
record KeptModel(SqliteReadModel model, ReadModelStatus.Mode mode, OwnNames own) {

    static KeptModel of(SqliteReadModel model, ReadModelStatus.Mode mode) {
        return new KeptModel(model, mode, OwnNames.of(model));
    }

    String name() {
        return model.name();
    }

    int version() {
        return model.version();
    }

    boolean isInline() {
        return mode == ReadModelStatus.Mode.INLINE;
    }

    void requireApart(KeptModel other) {
        if (name().equals(other.name())) {
            throw new IllegalArgumentException(
                    "Read model '" + name() + "' is registered already; register each name once.");
        }
        own.requireApart(other.own());
    }
}
