package dev.recount.store.jdbc;

import dev.recount.sql.ReadModelStatus;
import dev.recount.sql.SqlReadModel;

/** A read model as it was registered. Immutable. */
public record KeptModel(SqlReadModel model, ReadModelStatus.Mode mode, OwnNames own) {

    public static KeptModel of(SqlReadModel model, ReadModelStatus.Mode mode) {
        return new KeptModel(model, mode, OwnNames.of(model));
    }

    public String name() {
        return model.name();
    }

    public int version() {
        return model.version();
    }

    public boolean isInline() {
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
