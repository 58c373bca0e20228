package dev.recount.feed.client;

import dev.recount.store.EventStore;
import dev.recount.store.sqlite.SqliteEventStore;
import java.nio.file.Path;

/** Another process that serves the feed of a file, says at which port, and appends an event for each byte it is given. It ends with its parent. */
final class FeedServingMain {

    private FeedServingMain() {}

    public static void main(String[] arguments) throws Exception {
        try (EventStore store = SqliteEventStore.open(Path.of(arguments[0]));
                FedRig rig = FedRig.of(store)) {
            System.out.println(rig.port());
            while (System.in.read() >= 0) {
                FedRig.append(store, SeatEvent.after(store.info().head()));
            }
        }
    }
}
