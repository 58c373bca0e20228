package dev.recount.examples.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.recount.codec.EventCodec;
import dev.recount.decider.Decider;
import dev.recount.decider.Projector;
import dev.recount.examples.cli.model.Model;
import dev.recount.examples.cli.model.RecordedCommands;
import dev.recount.examples.cli.model.Verdict;
import dev.recount.examples.town.TownCommand;
import dev.recount.examples.town.TownEvent;
import dev.recount.examples.town.TownLog;
import dev.recount.examples.town.TownProjector;
import dev.recount.examples.town.TownState;
import dev.recount.examples.town.TownTables;
import dev.recount.examples.town.importing.Comparison;
import dev.recount.examples.town.importing.Expectation;
import dev.recount.replay.StateRows;
import dev.recount.sql.SqlReadModel;
import dev.recount.store.EventStore;
import dev.recount.store.Query;
import dev.recount.store.sqlite.SqliteEventStore;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The beads and agents of a rig, known as {@code beads}. Immutable.
 *
 * <p>Against the rig's tables every field of every bead and agent counts; agents go by {@code agent:ID}. Against a file all of a bead's
 * status, title, priority, assignee and labels are compared and every difference is listed; a bead counts as agreeing where its
 * status does, since a log that begins after its beads cannot tell all that a file says of them.
 */
final class BeadModel implements Model<TownState, TownEvent> {

    private static final String STATUS = "status";

    @Override
    public Projector<TownState, TownEvent> projector() {
        return new TownProjector();
    }

    @Override
    public EventCodec<TownEvent> codec() {
        return TownLog.codec();
    }

    @Override
    public RecordedCommands<?> commandsOf(Decider<?, ?, TownEvent> decider) {
        return new RecordedCommands<>(TownLog.commandCodec(), TownCommand::boundary);
    }

    @Override
    public Verdict compareWithFile(TownState state, Path file, EventStore rig) {
        Comparison found = Expectation.read(file).compare(state, TownLog.in(rig));
        return new Verdict(
                found.compared(),
                found.agreeingByField().getOrDefault(STATUS, 0L),
                found.agreeingByField(),
                notCompared(found),
                divergences(found),
                found.missing(),
                found.extra());
    }

    @Override
    public Optional<SqlReadModel> tables() {
        return Optional.of(new TownTables());
    }

    @Override
    public Optional<TownState> stateIn(SqliteEventStore rig) {
        return Optional.of(TownTables.read(rig));
    }

    @Override
    public StateRows<TownState> rows() {
        return new TownRows();
    }

    @Override
    public Optional<Query> eventsOf(String key) {
        return Optional.of(TownRows.eventsOf(key));
    }

    // A field that was compared agrees somewhere, or differs somewhere.
    private static List<String> notCompared(Comparison found) {
        Set<String> compared = new HashSet<>(found.agreeingByField().keySet());
        found.diverging().forEach(difference -> compared.add(difference.field()));
        return found.compared() == 0
                ? List.of()
                : Expectation.FIELDS.stream()
                        .filter(field -> !compared.contains(field))
                        .toList();
    }

    private static List<Verdict.Divergence> divergences(Comparison found) {
        return found.diverging().stream()
                .map(difference -> new Verdict.Divergence(
                        difference.key(),
                        difference.field(),
                        value(difference.live()),
                        value(difference.replayed()),
                        difference.lastSequence(),
                        difference.reason()))
                .toList();
    }

    private static JsonNode value(String text) {
        return text.isEmpty() ? NullNode.instance : TextNode.valueOf(text);
    }
}
