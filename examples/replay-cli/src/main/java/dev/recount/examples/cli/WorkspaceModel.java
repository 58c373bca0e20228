package dev.recount.examples.cli;

import dev.recount.codec.EventCodec;
import dev.recount.decider.Decider;
import dev.recount.decider.Projector;
import dev.recount.examples.cli.model.Model;
import dev.recount.examples.cli.model.RecordedCommands;
import dev.recount.examples.workspaces.Organisation;
import dev.recount.examples.workspaces.OrganisationProjector;
import dev.recount.examples.workspaces.StructuralEvent;
import dev.recount.examples.workspaces.Workspace;
import dev.recount.examples.workspaces.WorkspaceLog;
import dev.recount.examples.workspaces.WorkspaceRows;
import dev.recount.examples.workspaces.WorkspaceTables;
import dev.recount.replay.StateRows;
import dev.recount.sql.SqlReadModel;
import dev.recount.store.Query;
import dev.recount.store.sqlite.SqliteEventStore;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The workspaces of an organisation by their ids, known as {@code workspaces}. Immutable. */
final class WorkspaceModel implements Model<Organisation, StructuralEvent> {

    @Override
    public Projector<Organisation, StructuralEvent> projector() {
        return new OrganisationProjector();
    }

    @Override
    public EventCodec<StructuralEvent> codec() {
        return WorkspaceLog.codec();
    }

    @Override
    public RecordedCommands<?> commandsOf(Decider<?, ?, StructuralEvent> decider) {
        return new RecordedCommands<>(WorkspaceLog.commandCodec(), command -> Query.all());
    }

    @Override
    public Object view(Organisation organisation) {
        Map<String, Workspace> byId = new TreeMap<>();
        organisation.workspaces().forEach(workspace -> byId.put(workspace.id(), workspace));
        return Map.of("workspaces", byId);
    }

    @Override
    public StateRows<Organisation> rows() {
        return new WorkspaceRows();
    }

    @Override
    public Optional<Query> eventsOf(String key) {
        return Optional.of(Query.tagged("workspace_id", key));
    }

    @Override
    public Optional<SqlReadModel> tables() {
        return Optional.of(new WorkspaceTables());
    }

    @Override
    public Optional<Organisation> stateIn(SqliteEventStore rig) {
        return Optional.of(WorkspaceTables.read(rig));
    }
}
