package dev.recount.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.recount.codec.RecordedEvent;
import dev.recount.codec.UndecodableEvent;
import dev.recount.event.NewEvent;
import dev.recount.reaction.Reaction;
import dev.recount.reaction.ReactionStore;
import dev.recount.reaction.Reactor;
import dev.recount.reaction.RunningReactor;
import dev.recount.store.Append;
import dev.recount.store.StoreUnavailable;
import dev.recount.testkit.Parcels.ParcelEvent;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** A reactor that fails, or that meets what it cannot read, says where. */
abstract class FailingReactorSuite extends ReactorSuite {

    FailingReactorSuite(ReactorContract contract) {
        super(contract);
    }

    @Test
    void names_the_event_also_where_it_throws_an_error() {
        store.append(Parcels.order(1, 1));
        Reactor<ParcelEvent, String> endless = Parcels.reactor(event -> {
            throw new StackOverflowError("too deep");
        });

        RunningReactor reactor = start(setup(endless), this::send);

        IllegalStateException ended = assertThrows(IllegalStateException.class, () -> reactor.awaitIdle(1, LONG));
        assertSays(ended, "failed on event 1 of type ParcelOrdered");
        assertInstanceOf(StackOverflowError.class, root(ended));
    }

    @Test
    void ends_before_the_event_and_goes_on_when_it_is_mended() throws Exception {
        store.append(Parcels.order(1, 3));
        Reactor<ParcelEvent, String> bad = Parcels.reactor(event -> {
            if (event.id().equals("p2")) {
                throw new ArithmeticException("by zero");
            }
            return List.of(Reaction.now(event.id()));
        });
        RunningReactor reactor = start(setup(bad), (intent, attempt) -> {
            performed.add(intent);
            return Optional.empty();
        });

        IllegalStateException ended = assertThrows(IllegalStateException.class, () -> reactor.awaitIdle(3, LONG));
        assertSays(ended, "Reactor 'parcels' ended before it was idle at sequence 3");
        assertSays(ended, "failed on event 2 of type ParcelOrdered");
        assertInstanceOf(ArithmeticException.class, root(ended));
        assertTrue(reactor.failure().isPresent());
        assertFalse(reactor.isRunning());
        reactor.close();
        assertEquals(1, told.size());
        assertTrue(told.get(0).startsWith("stopped Reactor 'parcels' failed on event 2"), told::toString);
        assertEquals(1, reactor.status().checkpoint().sequence());

        assertTrue(start(setup(Parcels.sender()), this::send).awaitIdle(3, LONG));
        assertEquals(List.of("p1", "p2", "p3"), performed);
    }

    @Test
    void passes_over_what_cannot_be_decoded_and_counts_it() throws Exception {
        store.append(Append.of(List.of(NewEvent.of("ParcelOrdered", "{}"), NewEvent.of("Unknown", "[]"))));
        store.append(Parcels.order(1, 1));

        RunningReactor reactor = start(setup(Parcels.sender()), this::send);

        assertTrue(reactor.awaitIdle(3, LONG));
        assertEquals(List.of("p1"), performed);
        assertEquals(2, reactor.undecodable());
        assertEquals(List.of("undecodable 1", "undecodable 2"), told);
    }

    @Test
    void counts_what_cannot_be_decoded_once_though_it_was_read_again() throws Exception {
        store.append(Append.of(List.of(NewEvent.of("Unknown", "[]"))));
        store.append(Parcels.order(1, 1));

        RunningReactor reactor = start(setup(store, awayAtFirst(reactions), Parcels.sender()), this::send);

        assertTrue(reactor.awaitIdle(2, LONG));
        assertEquals(List.of("p1"), performed);
        assertEquals(1, reactor.undecodable());
        assertEquals(List.of("undecodable 1"), told);
    }

    /** The same, but nobody can store the first time what is to be done. */
    private static ReactionStore awayAtFirst(ReactionStore reactions) {
        AtomicBoolean isThere = new AtomicBoolean();
        return (ReactionStore) Proxy.newProxyInstance(
                ReactionStore.class.getClassLoader(),
                new Class<?>[] {ReactionStore.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("advance") && !isThere.getAndSet(true)) {
                        throw new StoreUnavailable("away for a moment", null);
                    }
                    try {
                        return method.invoke(reactions, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getTargetException();
                    }
                });
    }

    @Test
    void stops_at_what_cannot_be_decoded_where_it_is_strict() {
        store.append(Append.of(List.of(NewEvent.of("Unknown", "[]"))));

        RunningReactor reactor = start(setup(Parcels.sender()).strictly(), this::send);

        IllegalStateException ended = assertThrows(IllegalStateException.class, () -> reactor.awaitIdle(1, LONG));
        assertInstanceOf(UndecodableEvent.class, ended.getCause());
    }

    @Test
    void is_refused_where_its_name_cannot_be_part_of_a_key() {
        Reactor<ParcelEvent, String> named = new Reactor<>() {
            @Override
            public String name() {
                return "a/b";
            }

            @Override
            public List<Reaction<String>> react(RecordedEvent<ParcelEvent> event) {
                return List.of();
            }
        };

        assertEquals(
                "Reactor name 'a/b' cannot be part of a key. Give 1 to 100 letters, digits, dots, underscores or hyphens.",
                assertThrows(IllegalArgumentException.class, () -> setup(named)).getMessage());
    }

    private static void assertSays(Exception ended, String part) {
        assertTrue(String.valueOf(ended.getMessage()).contains(part), ended::toString);
    }

    private static Throwable root(Throwable thrown) {
        Throwable root = thrown;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }
}
