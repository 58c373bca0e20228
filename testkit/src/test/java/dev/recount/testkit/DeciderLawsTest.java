package dev.recount.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.recount.decider.Decider;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.opentest4j.AssertionFailedError;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class DeciderLawsTest {

    @Test
    void a_pure_decider_keeps_all_laws() {
        laws(new Seats.Rules()).encodedBy(new Seats.Codec()).check();
    }

    @Test
    void a_hidden_clock_is_found() {
        breaks("Determinism", new Seats.Rules() {
            @Override
            public List<Seats.Event> decide(Seats.Command command, Map<String, String> state) {
                return List.of(Seats.taken(command.seat(), Instant.now().toString()));
            }
        });
    }

    @Test
    void a_slow_hidden_clock_is_found_when_deciding_again_later() {
        breaks("Determinism", new Seats.Rules() {
            @Override
            public List<Seats.Event> decide(Seats.Command command, Map<String, String> state) {
                return List.of(Seats.taken(command.seat(), String.valueOf(System.currentTimeMillis())));
            }
        });
    }

    @Test
    void a_random_id_is_found() {
        breaks("Determinism", new Seats.Rules() {
            @Override
            public List<Seats.Event> decide(Seats.Command command, Map<String, String> state) {
                return List.of(Seats.taken(command.seat(), UUID.randomUUID().toString()));
            }
        });
    }

    @Test
    void a_memory_of_earlier_commands_is_found() {
        breaks("Determinism", new Seats.Rules() {
            private final List<Seats.Command> seen = new ArrayList<>();

            @Override
            public List<Seats.Event> decide(Seats.Command command, Map<String, String> state) {
                seen.add(command);
                return seen.size() % 7 == 0 ? List.of() : super.decide(command, state);
            }
        });
    }

    @Test
    void a_decision_that_changes_the_state_is_found() {
        breaks("Purity", new Seats.Rules() {
            @Override
            public List<Seats.Event> decide(Seats.Command command, Map<String, String> state) {
                if (!state.isEmpty()) {
                    state.put("last", command.seat());
                }
                return super.decide(Seats.take(command.seat(), "Ann"), state);
            }
        });
    }

    @Test
    void a_projection_that_changes_its_argument_is_found() {
        breaks("Purity", new Seats.Rules() {
            @Override
            public Map<String, String> initialState() {
                return new TreeMap<>();
            }

            @Override
            public Map<String, String> project(Map<String, String> state, Seats.Event event) {
                state.put(event.seat(), event.guest());
                return state;
            }
        });
    }

    @Test
    void an_initial_state_that_all_share_is_found() {
        assertThat(brokenLaw(new Seats.Rules() {
                    private final Map<String, String> shared = new TreeMap<>();

                    @Override
                    public Map<String, String> initialState() {
                        return shared;
                    }

                    @Override
                    public Map<String, String> project(Map<String, String> state, Seats.Event event) {
                        state.merge(event.seat(), event.guest(), String::concat);
                        return state;
                    }
                }))
                .hasMessageStartingWith("Broken law: ");
    }

    @Test
    void a_projection_that_throws_is_found() {
        breaks("Totality", new Seats.Rules() {
            @Override
            public Map<String, String> project(Map<String, String> state, Seats.Event event) {
                if (event.type().equals("seat.freed") && !state.containsKey(event.seat())) {
                    throw new IllegalStateException("Nobody sits there");
                }
                return super.project(state, event);
            }
        });
    }

    @Test
    void a_projection_that_counts_its_calls_is_found() {
        breaks("Determinism", new Seats.Rules() {
            private int calls;

            @Override
            public Map<String, String> project(Map<String, String> state, Seats.Event event) {
                Map<String, String> next = new TreeMap<>(super.project(state, event));
                next.put("calls", String.valueOf(++calls));
                return next;
            }
        });
    }

    @Test
    void a_fold_that_depends_on_the_chunks_is_found() {
        breaks("Replay", new Seats.Rules() {
            @Override
            public Map<String, String> projectAll(Map<String, String> state, Iterable<? extends Seats.Event> events) {
                Map<String, String> fresh = super.projectAll(initialState(), events);
                return state.isEmpty() ? fresh : Map.of("chunk", fresh.toString());
            }
        });
    }

    @Test
    void a_batch_that_changes_the_state_it_was_given_in_place_is_found() {
        assertThat(brokenLaw(new Seats.InPlace()))
                .hasMessageStartingWith("Broken law: Purity (seed 1, ")
                .hasMessageContaining(" left the state that it was given as:\n");
    }

    @Test
    void a_batch_that_goes_over_its_events_twice_is_found() {
        assertThat(brokenLaw(new Seats.Rules() {
                    @Override
                    public Map<String, String> projectAll(
                            Map<String, String> state, Iterable<? extends Seats.Event> events) {
                        return events.iterator().hasNext() ? super.projectAll(state, events) : state;
                    }
                }))
                .hasMessageStartingWith("Broken law: Replay (seed 1, ")
                .hasMessageContaining("can be gone over once");
    }

    @Test
    void an_exception_that_is_no_rejection_is_found() {
        breaks("Refusals", new Seats.Rules() {
            @Override
            public List<Seats.Event> decide(Seats.Command command, Map<String, String> state) {
                if (state.size() > 2) {
                    throw new IllegalArgumentException("Full");
                }
                return super.decide(command, state);
            }
        });
    }

    @Test
    void an_event_that_does_not_come_back_from_the_codec_is_found() {
        assertThatExceptionOfType(AssertionFailedError.class)
                .isThrownBy(() -> laws(new Seats.Rules())
                        .encodedBy(new Seats.ForgetfulCodec())
                        .check())
                .withMessageStartingWith("Broken law: Codec (seed 1, after 0 events)");
    }

    @Test
    void a_failure_can_be_seen_again_by_its_seed() {
        Seats.Rules broken = new Seats.Rules() {
            @Override
            public List<Seats.Event> decide(Seats.Command command, Map<String, String> state) {
                if (state.size() == 3) {
                    throw new IllegalArgumentException("Full");
                }
                return super.decide(command, state);
            }
        };

        AssertionFailedError first = brokenLaw(broken);
        AssertionFailedError again = catchThrowableOfType(
                AssertionFailedError.class,
                () -> laws(broken).withFirstSeed(1).withHistories(1, 40).check());

        assertThat(first).hasMessageContaining("seed 1,").hasMessageContaining("given:\n  Event[");
        assertThat(again).hasMessage(first.getMessage());
    }

    private static void breaks(String law, Seats.Rules decider) {
        assertThat(brokenLaw(decider))
                .hasMessageStartingWith("Broken law: " + law)
                .hasMessageContaining("seed ");
    }

    private static AssertionFailedError brokenLaw(Seats.Rules decider) {
        return catchThrowableOfType(
                AssertionFailedError.class, () -> laws(decider).check());
    }

    private static DeciderLaws<Seats.Command, Map<String, String>, Seats.Event> laws(
            Decider<Seats.Command, Map<String, String>, Seats.Event> decider) {
        return DeciderLaws.of(decider, Seats::randomCommand);
    }
}
