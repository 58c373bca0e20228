package dev.recount.store.sqlite;

import java.util.ArrayList;
import java.util.List;

/**
 * The read models of a store, and whether it is opened before they are built. Immutable.
 *
 * @param models in the order in which they were registered
 */
record ModelOptions(List<KeptModel> models, boolean inBackground) {

    static final ModelOptions NONE = new ModelOptions(List.of(), false);

    ModelOptions with(SqliteReadModel model, ReadModelStatus.Mode mode) {
        KeptModel kept = KeptModel.of(model, mode);
        models.forEach(kept::requireApart);
        List<KeptModel> all = new ArrayList<>(models);
        all.add(kept);
        return new ModelOptions(List.copyOf(all), inBackground);
    }

    ModelOptions buildingInBackground() {
        return new ModelOptions(models, true);
    }
}
