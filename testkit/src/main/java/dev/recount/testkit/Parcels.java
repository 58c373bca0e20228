package dev.recount.testkit;

import dev.recount.EventLog;
import dev.recount.codec.EventCodec;
import dev.recount.codec.RecordedEvent;
import dev.recount.codec.UndecodableEvent;
import dev.recount.command.CommandHandler;
import dev.recount.decider.CommandRejected;
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
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Parcels that are ordered, sent by a reactor, and sometimes cancelled. */
final class Parcels {

    sealed interface ParcelEvent {
        String id();
    }

    record ParcelOrdered(String id, String what) implements ParcelEvent {}

    record ParcelSent(String id, String reference) implements ParcelEvent {}

    record ParcelCancelled(String id) implements ParcelEvent {}

    sealed interface ParcelCommand {
        String id();
    }

    record ConfirmParcel(String id, String reference) implements ParcelCommand {}

    record CancelParcel(String id) implements ParcelCommand {}

    static final class ParcelIsCancelled extends CommandRejected {
        ParcelIsCancelled(String id) {
            super("PARCEL_IS_CANCELLED", "Parcel " + id + " was cancelled. Call it back.");
        }
    }

    /** Confirms as often as it is told to, so that an outcome that is recorded twice shows. */
    static final Decider<ParcelCommand, Boolean, ParcelEvent> DECIDER = new Decider<>() {

        @Override
        public Boolean initialState() {
            return false;
        }

        @Override
        public Boolean project(Boolean cancelled, ParcelEvent event) {
            return cancelled || event instanceof ParcelCancelled;
        }

        @Override
        public List<ParcelEvent> decide(ParcelCommand command, Boolean cancelled) {
            if (cancelled) {
                throw new ParcelIsCancelled(command.id());
            }
            return List.of(
                    command instanceof ConfirmParcel confirm
                            ? new ParcelSent(confirm.id(), confirm.reference())
                            : new ParcelCancelled(command.id()));
        }
    };

    private Parcels() {}

    static EventLog<ParcelEvent> log(EventStore store) {
        return EventLog.of(store, new Codec());
    }

    static CommandHandler<ParcelCommand, ParcelEvent> handler(EventStore store) {
        return log(store).handle(DECIDER).within(command -> Query.tagged("parcel", command.id()));
    }

    static Append order(int from, int count) {
        return Append.of(java.util.stream.IntStream.range(from, from + count)
                .mapToObj(i -> new Codec().encode(new ParcelOrdered("p" + i, "book " + i)))
                .toList());
    }

    /** Wants each ordered parcel sent; an intent is the parcel's id. */
    static Reactor<ParcelEvent, String> sender() {
        return reactor(event -> event instanceof ParcelOrdered ? List.of(Reaction.now(event.id())) : List.of());
    }

    static Reactor<ParcelEvent, String> reactor(Function<ParcelEvent, List<Reaction<String>>> reactions) {
        return new Reactor<>() {

            @Override
            public String name() {
                return "parcels";
            }

            @Override
            public List<Reaction<String>> react(RecordedEvent<ParcelEvent> event) {
                return reactions.apply(event.event());
            }
        };
    }

    /** Data is a JSON array of two texts. */
    static final class Codec implements EventCodec<ParcelEvent> {

        private static final Pattern DATA = Pattern.compile("\\[\"([^\"]*)\",\"([^\"]*)\"]");

        @Override
        public NewEvent encode(ParcelEvent event) {
            String second = "";
            if (event instanceof ParcelOrdered ordered) {
                second = ordered.what();
            } else if (event instanceof ParcelSent sent) {
                second = sent.reference();
            }
            return NewEvent.of(event.getClass().getSimpleName(), "[\"" + event.id() + "\",\"" + second + "\"]")
                    .withTags(Tags.of("parcel", event.id()));
        }

        @Override
        public List<ParcelEvent> decode(StoredEvent stored) {
            Matcher data = DATA.matcher(stored.data());
            if (!data.matches()) {
                throw UndecodableEvent.unreadable(stored, "not two texts", null);
            }
            return List.of(
                    switch (stored.type()) {
                        case "ParcelOrdered" -> new ParcelOrdered(data.group(1), data.group(2));
                        case "ParcelSent" -> new ParcelSent(data.group(1), data.group(2));
                        case "ParcelCancelled" -> new ParcelCancelled(data.group(1));
                        default -> throw UndecodableEvent.unknownType(stored);
                    });
        }

        @Override
        public Set<String> types(Class<? extends ParcelEvent> eventClass) {
            return Set.of(eventClass.getSimpleName());
        }
    }
}
