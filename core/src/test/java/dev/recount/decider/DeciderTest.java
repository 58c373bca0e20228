package dev.recount.decider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class DeciderTest {

    interface Animal {}

    interface Pet extends Animal {}

    interface Named extends Animal {}

    record Dog(String name) implements Pet, Named {}

    record Cat(String name) implements Pet {}

    record Fox() implements Animal {}

    @Nested
    class A_projector_by_class {

        private final Projector<String, Animal> seen = Projector.<String, Animal>startingWith("")
                .on(Named.class, (state, event) -> state + "named ")
                .on(Pet.class, (state, event) -> state + "pet ")
                .on(Cat.class, (state, event) -> state + event.name() + " ");

        @Test
        void starts_with_what_it_was_given() {
            assertThat(seen.initialState()).isEmpty();
        }

        @Test
        void takes_the_exact_class_before_any_that_fits() {
            assertThat(seen.project("", new Cat("Tom"))).isEqualTo("Tom ");
        }

        @Test
        void takes_the_first_registered_among_several_that_fit() {
            assertThat(seen.project("", new Dog("Rex"))).isEqualTo("named ");
        }

        @Test
        void gives_the_state_itself_for_an_event_without_a_handler() {
            String state = new String("state");

            assertThat(seen.project(state, new Fox())).isSameAs(state);
        }

        @Test
        void refuses_a_class_twice_and_names_it() {
            ProjectorByClass<String, Animal> projector =
                    Projector.<String, Animal>startingWith("").on(Dog.class, (state, event) -> state);

            assertThatIllegalArgumentException()
                    .isThrownBy(() -> projector.on(Dog.class, (state, event) -> "other"))
                    .withMessage(Dog.class.getName() + " is registered already; register each class once.");
        }

        @Test
        void is_not_changed_by_registering_more() {
            ProjectorByClass<String, Animal> none = Projector.startingWith("");

            ProjectorByClass<String, Animal> one = none.on(Fox.class, (state, event) -> "fox");

            assertThat(none.project("", new Fox())).isEmpty();
            assertThat(one.project("", new Fox())).isEqualTo("fox");
        }

        @Test
        void projects_all_in_order() {
            assertThat(seen.projectAll("> ", List.of(new Cat("Tom"), new Fox(), new Cat("Kit"))))
                    .isEqualTo("> Tom Kit ");
        }
    }

    @Nested
    class A_decider_by_class {

        private final Projector<Integer, String> length =
                Projector.<Integer, String>startingWith(0).on(String.class, (sum, text) -> sum + text.length());
        private final DeciderByClass<Animal, Integer, String> decider = Decider.<Animal, Integer, String>over(length)
                .on(Pet.class, (pet, state) -> List.of("pet " + state))
                .on(Named.class, (named, state) -> List.of("named"))
                .on(Cat.class, (cat, state) -> List.of(cat.name(), "cat"));

        @Test
        void decides_by_the_exact_class_then_by_the_first_that_fits() {
            assertThat(decider.decide(new Cat("Tom"), 0)).containsExactly("Tom", "cat");
            assertThat(decider.decide(new Dog("Rex"), 7)).containsExactly("pet 7");
        }

        @Test
        void computes_its_state_with_the_projector() {
            assertThat(decider.initialState()).isZero();
            assertThat(decider.project(2, "abc")).isEqualTo(5);
        }

        @Test
        void refuses_a_command_without_a_decision_and_says_what_to_register() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> decider.decide(new Fox(), 0))
                    .withMessage("No decision for " + Fox.class.getName() + "; there is one for ["
                            + Pet.class.getName() + ", " + Named.class.getName() + ", " + Cat.class.getName()
                            + "]. Register it with on(Fox.class, ...).");
            assertThatIllegalArgumentException().isThrownBy(() -> decider.on(Cat.class, (cat, state) -> List.of()));
        }

        @Test
        void gives_a_list_that_does_not_change_with_the_decisions_own() {
            List<String> own = new ArrayList<>(List.of("a"));
            List<String> decided = Decider.<Animal, Integer, String>over(length)
                    .on(Fox.class, (fox, state) -> own)
                    .decide(new Fox(), 0);

            own.add("b");

            assertThat(decided).containsExactly("a");
        }
    }

    @Nested
    class Of_batches {

        private final Decider<List<Cat>, String, Animal> oneEach = Decider.ofBatches(Decider.<Cat, String, Animal>over(
                        Projector.<String, Animal>startingWith("").on(Cat.class, (names, cat) -> names + cat.name()))
                .on(Cat.class, (cat, names) -> {
                    if (names.contains(cat.name())) {
                        throw new Known(cat.name());
                    }
                    return List.of(cat, new Fox());
                }));

        @Test
        void each_command_is_decided_on_what_those_before_it_lead_to() {
            assertThat(oneEach.decide(List.of(new Cat("Tom"), new Cat("Kit")), "Ann"))
                    .containsExactly(new Cat("Tom"), new Fox(), new Cat("Kit"), new Fox());
            assertThat(oneEach.projectAll("", List.of(new Cat("Tom"), new Fox())))
                    .isEqualTo("Tom");
        }

        @Test
        void one_that_is_rejected_rejects_them_all() {
            assertThatExceptionOfType(Known.class)
                    .isThrownBy(() -> oneEach.decide(List.of(new Cat("Tom"), new Cat("Tom")), ""))
                    .withMessage("Tom");
        }

        @Test
        void nothing_is_decided_for_none() {
            assertThat(oneEach.decide(List.of(), "Tom")).isEmpty();
        }

        private static final class Known extends CommandRejected {
            Known(String name) {
                super("KNOWN", name);
            }
        }
    }

    @Nested
    class Combined {

        private final Projector<Integer, Animal> dogs =
                Projector.<Integer, Animal>startingWith(0).on(Dog.class, (count, dog) -> count + 1);
        private final Projector<String, Animal> cats =
                Projector.<String, Animal>startingWith("-").on(Cat.class, (names, cat) -> names + cat.name());

        @Test
        void projectors_compute_both_states_from_the_same_events() {
            Projector<Both<Integer, String>, Animal> both = Projector.combine(dogs, cats);

            assertThat(both.initialState()).isEqualTo(new Both<>(0, "-"));
            assertThat(both.projectAll(both.initialState(), List.of(new Dog("Rex"), new Cat("Tom"), new Dog("Bo"))))
                    .isEqualTo(new Both<>(2, "-Tom"));
        }

        @Test
        void projectors_give_the_state_itself_where_an_event_changes_neither() {
            Both<Integer, String> state = new Both<>(2_000, "-Tom");

            assertThat(Projector.combine(dogs, cats).project(state, new Fox())).isSameAs(state);
            assertThat(Decider.combine(counting(dogs), counting(cats)).project(state, new Fox()))
                    .isSameAs(state);
        }

        @Test
        void deciders_each_decide_on_their_own_state_and_the_first_comes_first() {
            Decider<String, Both<Integer, String>, Animal> both = Decider.combine(counting(dogs), counting(cats));

            assertThat(both.initialState()).isEqualTo(new Both<>(0, "-"));
            assertThat(both.decide("x", both.project(both.initialState(), new Dog("Rex"))))
                    .containsExactly(new Cat("x1"), new Cat("x-"));
        }

        private <S> Decider<String, S, Animal> counting(Projector<S, Animal> projector) {
            return Decider.<String, S, Animal>over(projector)
                    .on(String.class, (command, state) -> List.of(new Cat(command + state)));
        }
    }

    @Nested
    class Adapted {

        private final Projector<Integer, Dog> dogs =
                Projector.<Integer, Dog>startingWith(0).on(Dog.class, (count, dog) -> count + 1);

        @Test
        void a_projector_passes_over_events_of_another_family() {
            Projector<Integer, Animal> adapted = Projector.adapt(dogs, Dog.class);

            assertThat(adapted.initialState()).isZero();
            assertThat(adapted.projectAll(0, List.of(new Cat("Tom"), new Dog("Rex"), new Fox())))
                    .isEqualTo(1);
        }

        @Test
        void a_decider_decides_nothing_for_commands_of_another_family() {
            Decider<String, Integer, Dog> names = Decider.<String, Integer, Dog>over(dogs)
                    .on(String.class, (name, count) -> List.of(new Dog(name + count)));

            Decider<Object, Integer, Animal> adapted = Decider.adapt(names, String.class, Dog.class);

            assertThat(adapted.decide("Rex", adapted.project(adapted.initialState(), new Dog("Bo"))))
                    .containsExactly(new Dog("Rex1"));
            assertThat(adapted.decide(7, 0)).isEmpty();
            assertThat(adapted.project(3, new Fox())).isEqualTo(3);
        }
    }

    @Test
    void a_rejection_has_a_code_and_no_stack_trace() {
        CommandRejected rejected = new CommandRejected("SEAT_TAKEN", "Seat 12A is taken. Choose another.") {};

        assertThatExceptionOfType(CommandRejected.class)
                .isThrownBy(() -> {
                    throw rejected;
                })
                .withMessage("Seat 12A is taken. Choose another.");
        assertThat(rejected.code()).isEqualTo("SEAT_TAKEN");
        assertThat(rejected.getStackTrace()).isEmpty();
    }
}
