package dev.recount.testkit;

import dev.recount.replay.Verification;
import dev.recount.sql.SqlReadModel;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * With which read models a store is to be opened. Immutable.
 *
 * @param inline those in the transaction of each append
 * @param async those in transactions of their own
 * @param judge who is asked before a build takes the place of live tables
 */
public record KeptModels(
        List<SqlReadModel> inline, List<SqlReadModel> async, Optional<Consumer<? super Verification>> judge) {

    /** Copies the lists. */
    public KeptModels {
        inline = List.copyOf(inline);
        async = List.copyOf(async);
    }

    static KeptModels none() {
        return new KeptModels(List.of(), List.of(), Optional.empty());
    }

    static KeptModels inline(SqlReadModel... models) {
        return new KeptModels(List.of(models), List.of(), Optional.empty());
    }

    static KeptModels async(SqlReadModel... models) {
        return new KeptModels(List.of(), List.of(models), Optional.empty());
    }

    KeptModels askedBeforeSwap(Consumer<? super Verification> newJudge) {
        return new KeptModels(inline, async, Optional.of(newJudge));
    }
}
