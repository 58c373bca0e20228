package dev.recount.store.postgres;

import dev.recount.store.EventStore;
import dev.recount.testkit.TownContract;
import dev.recount.town.Town;
import java.time.InstantSource;

class PlacedTownTest extends TownContract {

    @Override
    protected Town open(InstantSource clock) {
        return Databases.town(Server.options().withClock(clock), "a", "b", "c");
    }

    @Override
    protected EventStore rig(Town town, String name) {
        return ((PlacedTown) town).rig(name);
    }
}
