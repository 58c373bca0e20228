package dev.recount.store.postgres;

import com.zaxxer.hikari.HikariDataSource;
import dev.recount.event.NewEvent;
import dev.recount.event.Tags;
import dev.recount.store.Append;
import dev.recount.store.AppendConditionFailed;
import dev.recount.store.Appended;
import dev.recount.store.EventStore;
import dev.recount.store.Page;
import dev.recount.store.Query;
import dev.recount.store.ReadOptions;
import java.util.ArrayList;
import java.util.List;

/** What another process does: arguments are the server's url, the schema, its own name, how many threads, how many appends each. */
final class ChildMain {

    private ChildMain() {}

    public static void main(String[] arguments) throws Exception {
        PostgresOptions options = PostgresOptions.defaults().withSchema(arguments[1]);
        int threads = Integer.parseInt(arguments[3]);
        try (HikariDataSource pool = Pools.of(arguments[0], threads + 2);
                PostgresEventStore store = PostgresEventStore.open(pool, "rig", options)) {
            System.out.println("ready");
            System.in.read();
            List<Thread> writers = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                String name = arguments[2] + i;
                Thread writer = new Thread(() -> write(store, name, Integer.parseInt(arguments[4])));
                writer.start();
                writers.add(writer);
            }
            for (Thread writer : writers) {
                writer.join();
            }
            System.out.println("done");
        }
    }

    /** Counts on from the newest number of the counter; each append rests on that nobody else has. */
    static void write(EventStore store, String name, int appends) {
        Query counter = Query.tagged("counter", "1");
        for (int i = 0; i < appends; ) {
            Page page = store.read(counter, ReadOptions.defaults().newestFirst().withLimit(1));
            long next = page.events().isEmpty() ? 1 : number(page) + 1;
            Append append = Append.of(List.of(
                            NewEvent.of("counted", String.valueOf(next))
                                    .withTags(Tags.parse(List.of("counter:1", "by:" + name))),
                            NewEvent.of("noted", "{}").withTags(Tags.of("by", name))))
                    .when(page.unchanged())
                    .withReceiptFor(name + "-" + i, name);
            try {
                Appended done = store.append(append);
                print(done.first() + " " + done.last());
                i++;
            } catch (AppendConditionFailed somebodyElseWasFaster) {
                // Reads again and counts on from there.
            }
        }
    }

    private static long number(Page page) {
        return Long.parseLong(page.events().get(0).data());
    }

    // One write, so that lines of several threads do not mix.
    private static void print(String line) {
        byte[] bytes = (line + "\n").getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        System.out.write(bytes, 0, bytes.length);
        System.out.flush();
    }
}
