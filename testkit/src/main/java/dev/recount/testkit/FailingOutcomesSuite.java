package dev.recount.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.recount.decider.Decider;
import dev.recount.reaction.Retries;
import dev.recount.reaction.RunningReactor;
import dev.recount.testkit.Parcels.ParcelCommand;
import dev.recount.testkit.Parcels.ParcelEvent;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An outcome that the rules cannot record is tried again, and its effect is not. */
abstract class FailingOutcomesSuite extends ReactorSuite {

    FailingOutcomesSuite(ReactorContract contract) {
        super(contract);
    }

    @Test
    void an_outcome_that_could_not_be_recorded_is_tried_again_without_the_effect() throws Exception {
        store.append(Parcels.order(1, 1));
        broken.set(true);
        RunningReactor reactor = closedAtTheEnd(
                setup(Parcels.sender()).start(this::send, Parcels.log(store).handle(new Unsure())));
        assertTrue(reactor.awaitIdle(1, LONG));
        assertEquals(1, reactor.status().retrying());
        assertEquals(List.of(), sent());

        broken.set(false);
        clock.move(Duration.ofMinutes(1));

        assertTrue(reactor.awaitIdle(1, LONG));
        assertEquals(List.of("p1"), sent());
        assertEquals(List.of("p1"), performed);
    }

    @Test
    void an_error_of_the_rules_parks_its_reaction_alone() throws Exception {
        store.append(Parcels.order(1, 2));
        RunningReactor reactor = closedAtTheEnd(setup(Parcels.sender())
                .withRetries(Retries.defaults().withMaxAttempts(1))
                .start(this::send, Parcels.log(store).handle(new Unsure() {
                    @Override
                    public List<ParcelEvent> decide(ParcelCommand command, Boolean state) {
                        throw new AssertionError("the rules are broken");
                    }
                })));

        assertTrue(reactor.awaitIdle(2, LONG));
        assertEquals(2, reactor.parked(10).size());
        assertTrue(
                reactor.parked(10).stream().allMatch(parked -> parked.reason().contains("the rules are broken")));
        assertTrue(reactor.isRunning());
    }

    /** A decider that fails for as long as something is broken. */
    private class Unsure implements Decider<ParcelCommand, Boolean, ParcelEvent> {

        @Override
        public Boolean initialState() {
            return false;
        }

        @Override
        public Boolean project(Boolean state, ParcelEvent event) {
            return state;
        }

        @Override
        public List<ParcelEvent> decide(ParcelCommand command, Boolean state) {
            if (broken.get()) {
                throw new IllegalStateException("cannot decide now");
            }
            return Parcels.DECIDER.decide(command, state);
        }
    }
}
