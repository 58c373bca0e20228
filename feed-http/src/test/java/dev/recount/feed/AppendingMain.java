package dev.recount.feed;

import dev.recount.store.EventStore;
import dev.recount.store.sqlite.SqliteEventStore;
import java.nio.file.Path;

/** Another process that appends to a file: three events for each line it is given. */
final class AppendingMain {

    private AppendingMain() {}

    public static void main(String[] arguments) throws Exception {
        try (EventStore store = SqliteEventStore.open(Path.of(arguments[0]))) {
            while (System.in.read() >= 0) {
                Events.appendNumbered(store, 3);
            }
        }
    }
}
