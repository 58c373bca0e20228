package dev.recount.examples.quickstart;

import dev.recount.EventLog;
import dev.recount.codec.jackson.JacksonCodec;
import dev.recount.command.CommandHandler;
import dev.recount.examples.quickstart.SeatCommand.FreeSeat;
import dev.recount.examples.quickstart.SeatCommand.TakeSeat;
import dev.recount.store.Query;
import dev.recount.store.sqlite.SqliteEventStore;
import java.nio.file.Path;
import java.util.Map;

/** The README's first sample, as a program: {@code Quickstart theatre.db}. */
public final class Quickstart {

    private Quickstart() {}

    /** Takes and frees a seat, and prints the plan before and after. */
    public static void main(String[] arguments) {
        Path path = Path.of(arguments[0]);
        try (SqliteEventStore store = SqliteEventStore.open(path)) {
            EventLog<SeatEvent> log = EventLog.of(store, JacksonCodec.of(SeatEvent.class));

            CommandHandler<SeatCommand, SeatEvent> seats =
                    log.handle(new SeatDecider()).within(command -> Query.tagged("seat", command.seat()));

            seats.handle(new TakeSeat("12A", "Ada")); // read, fold, decide, append; again on conflict
            long before = seats.handle(new TakeSeat("12B", "Bob")).appended().last();
            seats.handle(new FreeSeat("12A"));

            Map<String, String> plan = log.replay(new SeatPlan()).run().state(); // from sequence zero
            Map<String, String> then =
                    log.replay(new SeatPlan()).until(before).run().state(); // as it was

            System.out.println("then " + then + ", now " + plan);
        }
    }
}
