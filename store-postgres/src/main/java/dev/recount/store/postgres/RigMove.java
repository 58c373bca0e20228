package dev.recount.store.postgres;

import dev.recount.internal.log.HashChain;
import dev.recount.internal.log.TimeText;
import dev.recount.store.StoreUnavailable;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Moves rigs from one database to another while they are written to. Each step leaves what the next run needs to know in one of the databases, so whoever
 * runs it again after it was killed goes on from there:
 *
 * <ol>
 *   <li>the directory notes where the rig is to go, with a new generation
 *   <li>the target has the rig, which takes nothing but the copy
 *   <li>events and receipts are copied, while the source goes on to take appends, and inline read models take them in
 *   <li>the source is sealed: from here on nobody takes appends, and who appends waits
 *   <li>what came meanwhile is copied, the copy compared, and the read models are brought to its end
 *   <li>the directory names the target: this decides it
 *   <li>the target is opened, and the directory notes that
 * </ol>
 */
final class RigMove {

    private static final String ARRIVE =
            "INSERT INTO {s}.rigs (name, log_id, created_at, head, head_chain, floor, floor_chain,"
                    + " last_stored_at, state, generation) VALUES (?, ?, ?, 0, ?, 0, ?, ?, 'arriving', ?)"
                    + " ON CONFLICT (name) DO NOTHING";

    private final Directory directory;
    private final Function<String, Place> places;
    private final Homes homes;
    private final Consumer<String> afterStep;

    /** With what is told the name of each step once it is done. */
    RigMove(Directory directory, Function<String, Place> places, Homes homes, Consumer<String> afterStep) {
        this.directory = directory;
        this.places = places;
        this.homes = homes;
        this.afterStep = afterStep;
    }

    /** Brings a rig to a database, whatever an earlier run has left. */
    Entry move(Entry from, String target) {
        // Refuses a database that nobody gave.
        Place unused = places.apply(target);
        Entry entry = homes.settled(from);
        if (entry.movingTo() == null && entry.database().equals(target)) {
            return entry;
        }
        requireNotTransferred(entry);
        Entry claimed = claim(entry, target);
        afterStep.accept("claimed");
        Entry moved = claimed.in(target);
        try {
            copy(claimed);
            change(claimed, moved);
        } catch (RuntimeException e) {
            takeBackAfter(e, claimed);
            throw e;
        }
        afterStep.accept("decided");
        open(moved);
        return moved;
    }

    private void requireNotTransferred(Entry entry) {
        PostgresEventStore source = places.apply(entry.database()).require(entry);
        source.look(session -> RigState.transferredTo(session, source.rig())).ifPresent(to -> {
            throw new IllegalStateException("Rig '" + entry.rig() + "' was moved out of this town to " + to
                    + ", where its log goes on. Move it on from there.");
        });
    }

    private Entry claim(Entry entry, String target) {
        @Nullable String under = entry.movingTo();
        if (target.equals(under)) {
            return entry;
        }
        if (under != null) {
            throw new IllegalStateException("Rig '" + entry.rig() + "' is being moved to database '" + under
                    + "', so it cannot be moved to '" + target + "'. Finish that move, or take it back, first.");
        }
        Entry claimed = entry.movingTo(target);
        change(entry, claimed);
        return claimed;
    }

    private void copy(Entry entry) {
        PostgresEventStore source = places.apply(entry.database()).require(entry);
        RigCopy copy = new RigCopy(source.transferSource(), arriving(entry, source), afterStep);
        copy.requireSameHistory();
        afterStep.accept("prepared");
        copy.follow();
        // Else the first append would do it for the whole log, under the rig's lock.
        target(entry).require(entry).catchUp();
        seal(entry, source);
        afterStep.accept("sealed");
        copy.complete();
        target(entry).require(entry).catchUp();
    }

    private Place target(Entry entry) {
        return places.apply(String.valueOf(entry.movingTo()));
    }

    private RigIntake arriving(Entry entry, PostgresEventStore source) {
        Place place = target(entry);
        PostgresTown town = place.town();
        String createdAt = source.transferSource().state().createdAt();
        town.database()
                .writeAgain(
                        "Rig '" + entry.rig() + "' in " + place,
                        session -> session.run(
                                ARRIVE,
                                entry.rig(),
                                entry.logId(),
                                createdAt,
                                HashChain.start(),
                                HashChain.start(),
                                TimeText.EARLIEST_TEXT,
                                entry.generation()));
        PostgresEventStore target = place.require(entry);
        if (!target.writeAgain(session -> RigState.awaitArrival(session, target.rig(), entry.generation()))) {
            requireNoCopy(target, place);
            throw overtaken(entry);
        }
        return RigIntake.arriving(town, target.rig(), entry.generation());
    }

    private static void requireNoCopy(PostgresEventStore target, Place place) {
        if (target.look(session -> RigState.of(session, target.rig())) == RigState.COPY) {
            throw new IllegalStateException(
                    target.rig() + " cannot be moved to " + place + ", which has a copy of its log"
                            + " that a transfer has begun, and that takes events from there only. It stays where it is. Move it"
                            + " to another database, or drop the schema there that the copy is in.");
        }
    }

    private void seal(Entry entry, PostgresEventStore source) {
        boolean sealed = source.writeAgain(session -> {
            LogHead.lockInAnyState(session, source.rig(), source.busyTimeout());
            return RigState.seal(session, source.rig(), entry.generation());
        });
        if (!sealed) {
            throw overtaken(entry);
        }
    }

    /** Lets a rig stay where it is, whatever an earlier run has left. */
    Entry takeBack(Entry entry) {
        if (entry.movingTo() == null) {
            return homes.settled(entry);
        }
        Entry stays = entry.in(entry.database());
        change(entry, stays);
        afterStep.accept("decided");
        open(stays);
        return stays;
    }

    private void open(Entry entry) {
        places.apply(entry.database()).settle(entry);
        afterStep.accept("opened");
        directory.settle(entry);
        afterStep.accept("settled");
    }

    // Who appends waits, so a move that cannot go on now does not keep the rig.
    private void takeBackAfter(RuntimeException failure, Entry claimed) {
        try {
            takeBack(claimed);
        } catch (RuntimeException stays) {
            failure.addSuppressed(stays);
        }
    }

    private void change(Entry from, Entry to) {
        if (!directory.change(from, to)) {
            throw overtaken(from);
        }
    }

    private static StoreUnavailable overtaken(Entry entry) {
        return new StoreUnavailable(
                "Another run has decided on rig '" + entry.rig() + "' since generation " + entry.generation()
                        + " of the directory. Ask where it is, and move it again if need be.",
                null);
    }
}
