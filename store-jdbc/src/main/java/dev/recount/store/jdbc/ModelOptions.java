package dev.recount.store.jdbc;

import dev.recount.replay.Verification;
import dev.recount.sql.ReadModelStatus;
import dev.recount.sql.SqlReadModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The read models of a store, and whether it is opened before they are built. Immutable.
 *
 * @param models in the order in which they were registered
 * @param judge who is asked before a build takes the place of live tables
 */
public record ModelOptions(
        List<KeptModel> models, boolean inBackground, Optional<Consumer<? super Verification>> judge) {

    /** None. */
    public static final ModelOptions NONE = new ModelOptions(List.of(), false, Optional.empty());

    public ModelOptions with(SqlReadModel model, ReadModelStatus.Mode mode) {
        KeptModel kept = KeptModel.of(model, mode);
        models.forEach(kept::requireApart);
        List<KeptModel> all = new ArrayList<>(models);
        all.add(kept);
        return new ModelOptions(List.copyOf(all), inBackground, judge);
    }

    public ModelOptions buildingInBackground() {
        return new ModelOptions(models, true, judge);
    }

    public ModelOptions comparingBeforeSwap(Consumer<? super Verification> newJudge) {
        return new ModelOptions(models, inBackground, Optional.of(newJudge));
    }
}
