package dev.recount.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.recount.reaction.ReactionStore;
import dev.recount.subscription.Checkpoint;
import dev.recount.testkit.ReactionStoreContract;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RigReactionsContractTest extends ReactionStoreContract {

    private static final Checkpoint START = new Checkpoint("log", 0);

    @TempDir
    Path folder;

    private final List<SqliteTown> towns = new ArrayList<>();

    @Override
    protected ReactionStore open() {
        SqliteTown town = town();
        town.rig("gastown");
        return town.reactions("gastown");
    }

    private SqliteTown town() {
        SqliteTown town = SqliteTown.open(folder, SqliteOptions.defaults().withMaxOpenRigs(1));
        towns.add(town);
        return town;
    }

    @AfterEach
    void close_them() {
        towns.forEach(SqliteTown::close);
    }

    @Test
    void rigs_keep_their_own_though_one_may_be_open_at_a_time() {
        SqliteTown town = town();
        town.rig("one");
        town.rig("two");
        ReactionStore one = town.reactions("one");
        ReactionStore two = town.reactions("two");

        one.register("tickets", START);

        assertThat(two.status("tickets")).isEmpty();
        assertThat(one.status("tickets")).isPresent();
        try (SqliteEventStore file = SqliteEventStore.open(folder.resolve("one.db"))) {
            assertThat(SqliteReactions.of(file).status("tickets")).isPresent();
        }
    }

    @Test
    void a_rig_that_does_not_exist_is_named_and_not_created() {
        SqliteTown town = town();

        assertThatThrownBy(() -> town.reactions("nowhere"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no rig 'nowhere'")
                .hasMessageContaining("Create it first");
        assertThat(folder.resolve("nowhere.db")).doesNotExist();
    }
}
