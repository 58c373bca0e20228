package dev.recount.store.sqlite;

import dev.recount.EventLog;
import dev.recount.codec.EventCodec;
import dev.recount.codec.RecordedEvent;
import dev.recount.codec.UndecodableEvent;
import dev.recount.command.CommandHandler;
import dev.recount.decider.Decider;
import dev.recount.event.NewEvent;
import dev.recount.event.StoredEvent;
import dev.recount.event.Tags;
import dev.recount.reaction.Reaction;
import dev.recount.reaction.Reactor;
import dev.recount.store.Append;
import dev.recount.store.EventStore;
import dev.recount.store.Query;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** Parcels that are ordered and sent by a reactor. */
final class Parcels {

    /** It was ordered, or sent where it has a reference. */
    record Parcel(String id, String reference) {

        private static final String ORDERED = "ParcelOrdered";
        private static final String SENT = "ParcelSent";

        boolean isSent() {
            return !reference.isEmpty();
        }

        String type() {
            return isSent() ? SENT : ORDERED;
        }
    }

    /** Confirms as often as it is told to, so that an outcome that is recorded twice shows. */
    private static final Decider<Parcel, Boolean, Parcel> DECIDER = new Decider<>() {

        @Override
        public Boolean initialState() {
            return true;
        }

        @Override
        public Boolean project(Boolean state, Parcel event) {
            return state;
        }

        @Override
        public List<Parcel> decide(Parcel sent, Boolean state) {
            return List.of(sent);
        }
    };

    private Parcels() {}

    static EventLog<Parcel> log(EventStore store) {
        return EventLog.of(store, new Codec());
    }

    /** Its commands are the parcels that were sent. */
    static CommandHandler<Parcel, Parcel> handler(EventStore store) {
        return log(store).handle(DECIDER).within(sent -> Query.tagged("parcel", sent.id()));
    }

    static Append order(int from, int count) {
        return Append.of(IntStream.range(from, from + count)
                .mapToObj(i -> new Codec().encode(new Parcel("p" + i, "")))
                .toList());
    }

    /** Wants each ordered parcel sent; an intent is the parcel's id. */
    static Reactor<Parcel, String> sender() {
        return new Reactor<>() {

            @Override
            public String name() {
                return "parcels";
            }

            @Override
            public List<Reaction<String>> react(RecordedEvent<Parcel> event) {
                Parcel parcel = event.event();
                return parcel.isSent() ? List.of() : List.of(Reaction.now(parcel.id()));
            }
        };
    }

    /** Data is a JSON array of two texts. */
    static final class Codec implements EventCodec<Parcel> {

        @Override
        public NewEvent encode(Parcel parcel) {
            return NewEvent.of(parcel.type(), "[\"" + parcel.id() + "\",\"" + parcel.reference() + "\"]")
                    .withTags(Tags.of("parcel", parcel.id()));
        }

        @Override
        public List<Parcel> decode(StoredEvent stored) {
            String[] data = stored.data().split("\"", -1);
            if (data.length != 5) {
                throw UndecodableEvent.unreadable(stored, "not two texts", null);
            }
            return List.of(new Parcel(data[1], data[3]));
        }

        @Override
        public Set<String> types(Class<? extends Parcel> eventClass) {
            return Set.of(Parcel.ORDERED, Parcel.SENT);
        }
    }
}
