package dev.recount.examples.orchestration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.recount.EventLog;
import dev.recount.store.AppendCondition;
import dev.recount.store.memory.MemoryEventStore;
import dev.recount.testkit.DeciderSpec;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The table of {@link Facts}, and that nothing is missing in it. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class EveryCommandTest {

    static List<Facts> facts() {
        return Facts.all();
    }

    @ParameterizedTest
    @MethodSource("facts")
    void P1_P2_P8_P12_a_decision_is_what_the_table_says(Facts fact) {
        var outcome = DeciderSpec.of(new OrchestrationDecider())
                .encodedBy(OrchestrationLog.codec())
                .given(fact.given())
                .when(fact.when());

        if (fact.refusal() == null) {
            outcome.then(fact.then());
        } else {
            outcome.thenRejected(fact.refusal());
        }
    }

    @ParameterizedTest
    @MethodSource("facts")
    void P2_P19_a_handler_with_its_boundary_stores_the_same_or_nothing(Facts fact) {
        EventLog<OrchestrationEvent> log = OrchestrationLog.in(MemoryEventStore.create());
        if (!fact.given().isEmpty()) {
            log.append(fact.given(), AppendCondition.none());
        }
        long before = log.store().info().head();

        if (fact.refusal() == null) {
            assertThat(OrchestrationLog.commands(log).handle(fact.when()).events())
                    .isEqualTo(fact.then());
        } else {
            OrchestrationRejected refused = catchThrowableOfType(
                    OrchestrationRejected.class,
                    () -> OrchestrationLog.commands(log).handle(fact.when()));
            assertThat(refused).isExactlyInstanceOf(fact.refusal());
            assertThat(refused.getMessage()).contains(fact.words());
            assertThat(refused.code())
                    .isEqualTo(fact.refusal()
                            .getSimpleName()
                            .replaceAll("(?<=[a-z])(?=[A-Z])", "_")
                            .toUpperCase(Locale.ROOT));
        }
        assertThat(log.store().info().head()).isEqualTo(before + fact.then().size());
    }

    @Test
    void P19_every_command_is_accepted_in_one_fact_and_refused_in_another() {
        List<String> commands = names(OrchestrationCommand.class);

        assertThat(commands).hasSize(19);
        assertThat(Facts.all().stream()
                        .filter(fact -> !fact.then().isEmpty())
                        .map(fact -> fact.when().getClass().getSimpleName()))
                .as("accepted")
                .containsAll(commands);
        assertThat(Facts.all().stream()
                        .filter(fact -> fact.refusal() != null)
                        .map(fact -> fact.when().getClass().getSimpleName()))
                .as("refused")
                .containsAll(commands);
    }

    @Test
    void P2_every_reason_and_every_event_and_every_word_of_a_provider_has_its_fact() {
        assertThat(Facts.all().stream().map(Facts::refusal).filter(Objects::nonNull))
                .extracting(Class::getSimpleName)
                .containsAll(names(OrchestrationRejected.class));
        assertThat(Facts.all().stream().flatMap(fact -> fact.then().stream()))
                .extracting(event -> event.getClass().getSimpleName())
                .containsAll(names(OrchestrationEvent.class));
        assertThat(Facts.all().stream()
                        .map(Facts::when)
                        .filter(TurnCommand.IngestProviderEvent.class::isInstance)
                        .map(TurnCommand.IngestProviderEvent.class::cast))
                .extracting(told -> told.event().getClass().getSimpleName())
                .containsAll(names(ProviderEvent.class));
    }

    private static List<String> names(Class<?> family) {
        return leaves(family).map(Class::getSimpleName).toList();
    }

    /** The classes of a sealed family that can have instances. */
    static Stream<Class<?>> leaves(Class<?> family) {
        Class<?>[] permitted = family.getPermittedSubclasses();
        return permitted == null ? Stream.of(family) : Arrays.stream(permitted).flatMap(EveryCommandTest::leaves);
    }
}
