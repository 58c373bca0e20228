package dev.recount.store.sqlite;

import dev.recount.store.EventStore;
import dev.recount.testkit.TownContract;
import dev.recount.town.Town;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.io.TempDir;

/** Keeps the promises of a town, also with fewer open files than rigs. */
class SqliteTownPromisesTest extends TownContract {

    @TempDir
    Path folder;

    @Override
    protected Town open(InstantSource clock) {
        return SqliteTown.open(folder, SqliteOptions.defaults().withClock(clock).withMaxOpenRigs(2));
    }

    @Override
    protected EventStore rig(Town town, String name) {
        return ((SqliteTown) town).rig(name);
    }
}
