package dev.recount.store.postgres;

import dev.recount.store.EventStore;
import dev.recount.testkit.TownContract;
import dev.recount.town.Town;
import java.time.InstantSource;

/** Keeps the promises of a town. */
class PostgresTownTest extends TownContract {

    private final PostgresOptions options = Server.options();

    @Override
    protected Town open(InstantSource clock) {
        return PostgresTown.open(Server.dataSource(), options.withClock(clock));
    }

    @Override
    protected EventStore rig(Town town, String name) {
        return ((PostgresTown) town).rig(name);
    }
}
