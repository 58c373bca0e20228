package dev.recount.store.sqlite;

import dev.recount.sql.ReadModelStatus;
import dev.recount.sql.SqlReadModel;

/** A read model as it was registered. Immutable. */
record KeptModel(SqlReadModel model, ReadModelStatus.Mode mode, OwnNames own) {

    static KeptModel of(SqlReadModel model, ReadModelStatus.Mode mode) {
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
