package dev.recount.examples.quickstart;

import dev.recount.store.EventStore;
import dev.recount.store.sqlite.SqliteOptions;
import dev.recount.store.sqlite.SqliteTown;
import dev.recount.testkit.TownContract;
import dev.recount.town.Town;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.io.TempDir;

/** The sample of the towns' contract, run. */
class TownOfFilesTest extends TownContract {
    @TempDir
    Path folder;

    @Override
    protected Town open(InstantSource clock) {
        return SqliteTown.open(folder, SqliteOptions.defaults().withClock(clock));
    }

    @Override
    protected EventStore rig(Town town, String name) {
        return ((SqliteTown) town).rig(name);
    }
}
