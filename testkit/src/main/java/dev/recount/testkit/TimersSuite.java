package dev.recount.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.recount.reaction.Attempt;
import dev.recount.reaction.Postponed;
import dev.recount.reaction.Reaction;
import dev.recount.reaction.Reactor;
import dev.recount.reaction.ReactorSetup;
import dev.recount.reaction.Retries;
import dev.recount.reaction.RunningReactor;
import dev.recount.store.AppendCondition;
import dev.recount.testkit.Parcels.CancelParcel;
import dev.recount.testkit.Parcels.ParcelCancelled;
import dev.recount.testkit.Parcels.ParcelCommand;
import dev.recount.testkit.Parcels.ParcelEvent;
import dev.recount.testkit.Parcels.ParcelOrdered;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is to be done later is done when the clock says so. */
abstract class TimersSuite extends ReactorSuite {

    TimersSuite(ReactorContract contract) {
        super(contract);
    }

    private final Instant noon = Instant.parse("2026-03-03T12:00:00Z");

    private final Reactor<ParcelEvent, String> reminders = Parcels.reactor(event -> {
        if (event instanceof ParcelOrdered ordered) {
            return List.of(Reaction.at(Instant.parse(ordered.what()), "remind of " + ordered.id())
                    .under(ordered.id()));
        }
        return event instanceof ParcelCancelled ? List.of(Reaction.cancel(event.id())) : List.of();
    });

    @Test
    void go_off_when_the_clock_says_so() throws Exception {
        order("p1", noon.plusSeconds(1));
        order("p2", noon);
        RunningReactor reactor = start(setup(reminders), this::remind);

        clock.set(noon.minusMillis(1));
        assertTrue(reactor.awaitIdle(2, LONG));
        assertEquals(List.of(), performed);
        assertEquals(noon, reactor.status().nextDue());

        clock.set(noon);
        reactor.wake();
        assertTrue(reactor.awaitIdle(2, LONG));
        assertEquals(List.of("remind of p2"), performed);

        clock.set(noon.plusSeconds(1));
        assertTrue(reactor.awaitIdle(2, LONG));
        assertEquals(List.of("remind of p2", "remind of p1"), performed);
    }

    @Test
    void outlive_a_restart() throws Exception {
        order("p1", noon);
        RunningReactor first = start(setup(reminders), this::remind);
        assertTrue(first.awaitIdle(1, LONG));
        first.close();
        clock.set(noon);

        assertTrue(start(setup(reminders), this::remind).awaitIdle(1, LONG));

        assertEquals(List.of("remind of p1"), performed);
    }

    @Test
    void are_replaced_under_the_same_key_and_cancelled_by_it() throws Exception {
        order("p1", noon);
        order("p2", noon);
        RunningReactor reactor = start(setup(reminders), this::remind);
        assertTrue(reactor.awaitIdle(2, LONG));

        order("p1", noon.plusSeconds(60));
        order("p2", noon.plusSeconds(60));
        order("p2", noon.plusSeconds(120));
        Parcels.handler(store).handle(new CancelParcel("p1"));
        assertTrue(reactor.awaitIdle(6, LONG));

        assertEquals(1, reactor.status().pending());
        assertEquals(noon.plusSeconds(120), reactor.status().nextDue());
        clock.set(noon.plusSeconds(120));
        assertTrue(reactor.awaitIdle(6, LONG));
        assertEquals(List.of("remind of p2"), performed);
    }

    @Test
    void an_effect_puts_off_what_is_not_to_be_done_yet_as_often_as_it_likes() throws Exception {
        order("p1", noon);
        clock.set(noon);
        Instant last = noon.plusSeconds(20);
        ReactorSetup<ParcelEvent, String> once =
                setup(reminders).withRetries(Retries.defaults().withMaxAttempts(1));
        RunningReactor reactor = start(once, (intent, attempt) -> {
            attempts.add(attempt);
            if (clock.instant().isBefore(last)) {
                throw Postponed.until(clock.instant().plusSeconds(10));
            }
            return remind(intent, attempt);
        });

        for (Instant now = noon; !now.isAfter(last); now = now.plusSeconds(10)) {
            assertEquals(List.of(), performed);
            clock.set(now);
            assertTrue(reactor.awaitIdle(1, LONG));
        }

        assertEquals(List.of("remind of p1"), performed);
        assertEquals(List.of(1, 1, 1), numbers());
        assertEquals(1, Set.copyOf(keys()).size(), () -> keys().toString());
    }

    @Test
    void what_is_put_off_to_the_past_is_a_failed_try() throws Exception {
        order("p1", noon);
        clock.set(noon);

        RunningReactor reactor =
                start(setup(reminders).withRetries(Retries.defaults().withMaxAttempts(1)), (intent, attempt) -> {
                    throw Postponed.until(noon);
                });

        assertTrue(reactor.awaitIdle(1, LONG));
        assertEquals(1, reactor.parked(10).size());
        String reason = reactor.parked(10).get(0).reason();
        assertTrue(reason.contains("It was postponed until " + noon + ", and it is " + noon + " already."), reason);
    }

    private void order(String id, Instant due) {
        Parcels.log(store).append(List.of(new ParcelOrdered(id, due.toString())), AppendCondition.none());
    }

    private Optional<ParcelCommand> remind(String intent, Attempt attempt) {
        performed.add(intent);
        return Optional.empty();
    }
}
