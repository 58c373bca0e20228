package dev.recount.examples.town;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.recount.EventLog;
import dev.recount.command.CommandHandler;
import dev.recount.store.Query;
import dev.recount.store.memory.MemoryEventStore;
import dev.recount.store.sqlite.SqliteEventStore;
import dev.recount.store.sqlite.SqliteOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class EveryCommandTest {

    // What a log that was written elsewhere can say, and no command of ours asks for.
    private static final Set<Class<?>> FROM_IMPORTS_ONLY =
            Set.of(TownEvent.BeadObserved.class, TownEvent.BeadRenamed.class);

    static List<CommandCase> cases() {
        return CommandCase.all();
    }

    @Test
    void each_command_has_an_accepted_and_a_refused_case() {
        Set<Class<?>> commands = leaves(TownCommand.class).collect(Collectors.toSet());

        assertThat(commandsWith(false)).isEqualTo(commands);
        assertThat(commandsWith(true)).isEqualTo(commands);
    }

    @Test
    void each_event_type_is_emitted_by_some_command() {
        Set<Class<?>> emitted =
                cases().stream().flatMap(each -> each.events().stream()).collect(Collectors.toSet());
        emitted.addAll(FROM_IMPORTS_ONLY);

        assertThat(emitted).isEqualTo(leaves(TownEvent.class).collect(Collectors.toSet()));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void leads_to_the_same_on_a_memory_store(CommandCase each) {
        EventLog<TownEvent> rig = TownLog.in(MemoryEventStore.create());

        check(each, rig);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void leads_to_the_same_on_a_file_and_its_tables(CommandCase each, @TempDir Path folder) {
        SqliteOptions options = SqliteOptions.defaults().withInline(new TownTables());
        try (SqliteEventStore store = SqliteEventStore.open(folder.resolve("rig.db"), options)) {
            EventLog<TownEvent> rig = TownLog.in(store);

            check(each, rig);

            TownState replayed =
                    rig.replay(new TownProjector()).strictly().run().state();
            assertThat(TownTables.read(store).beads()).isEqualTo(replayed.beads());
            assertThat(TownTables.read(store).agents()).isEqualTo(replayed.agents());
        }
    }

    private static void check(CommandCase each, EventLog<TownEvent> rig) {
        CommandHandler<TownCommand, TownEvent> commands = TownLog.commands(rig);
        each.given().forEach(commands::handle);
        long before = rig.store().info().head();

        TownRejected refusal = catchThrowableOfType(TownRejected.class, () -> commands.handle(each.command()));

        assertThat(refusal == null ? null : refusal.getClass()).isEqualTo(each.refusal());
        assertThat(stored(rig, before)).isEqualTo(each.events());
    }

    private static List<Class<?>> stored(EventLog<TownEvent> rig, long after) {
        List<Class<?>> classes = new ArrayList<>();
        rig.read(Query.all()).forEach(event -> {
            if (event.sequence() > after) {
                classes.add(event.event().getClass());
            }
        });
        return classes;
    }

    private static Set<Class<?>> commandsWith(boolean refusal) {
        return cases().stream()
                .filter(each -> (each.refusal() != null) == refusal)
                .map(each -> each.command().getClass())
                .collect(Collectors.toSet());
    }

    static Stream<Class<?>> leaves(Class<?> family) {
        Class<?>[] permitted = family.getPermittedSubclasses();
        return permitted == null ? Stream.of(family) : Stream.of(permitted).flatMap(EveryCommandTest::leaves);
    }
}
