package dev.recount.examples.workspaces;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recount.examples.workspaces.WorkspaceCommand.AssignAgent;
import dev.recount.examples.workspaces.WorkspaceCommand.MoveWorkspace;
import dev.recount.examples.workspaces.WorkspaceCommand.ProvisionWorkspace;
import dev.recount.examples.workspaces.WorkspaceCommand.RemoveWorkspace;
import dev.recount.examples.workspaces.WorkspaceCommand.UpdateWorkspace;
import dev.recount.store.memory.MemoryEventStore;
import dev.recount.testkit.SettableClock;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TimeTravelTest {

    private static final Instant MONDAY = Instant.parse("2026-03-02T09:00:00Z");
    private static final Instant TUESDAY = Instant.parse("2026-03-03T18:00:00Z");
    private static final Instant WEDNESDAY = Instant.parse("2026-03-04T09:00:00Z");

    private final SettableClock clock = new SettableClock();
    private final MemoryEventStore store = MemoryEventStore.create(clock);
    private final OrganisationHistory history = OrganisationHistory.of(store);

    @BeforeEach
    void a_week() {
        clock.set(MONDAY);
        provision("sales", null);
        provision("research", null);
        provision("search", "research");
        provision("papers", "search");
        clock.set(WEDNESDAY);
        handle(new MoveWorkspace("search", "sales", WEDNESDAY));
        handle(new UpdateWorkspace("sales", "Sales & search", null, null, WEDNESDAY));
        handle(new AssignAgent("search", "scout", "small-1", WEDNESDAY));
        handle(new RemoveWorkspace("papers", null, WEDNESDAY));
        provision("web", "search");
    }

    private void provision(String id, String parent) {
        handle(new ProvisionWorkspace(id, "The " + id, 2, parent, clock.instant()));
    }

    private void handle(WorkspaceCommand command) {
        WorkspaceLog.commands(store).handle(command);
    }

    @Test
    void M15_what_did_the_organisation_look_like_last_tuesday() {
        assertThat(Tree.of(history.at(TUESDAY))).isEqualTo("""
                The research (research)  provisioning
                └─ The search (search)  provisioning
                   └─ The papers (papers)  provisioning
                The sales (sales)  provisioning
                """);
        assertThat(Tree.of(history.now())).isEqualTo("""
                The research (research)  provisioning
                Sales & search (sales)  provisioning
                └─ The search (search)  provisioning  scout on small-1
                   └─ The web (web)  provisioning
                """);
    }

    @Test
    void M15_a_time_is_a_sequence() {
        assertThat(history.at(TUESDAY)).isEqualTo(history.at(4));
        assertThat(history.at(MONDAY.minusNanos(1))).isEqualTo(Organisation.empty());
        assertThat(history.at(0)).isEqualTo(Organisation.empty());
        assertThat(history.at(WEDNESDAY)).isEqualTo(history.now());
    }

    @Test
    void M15_what_became_of_it_since_as_a_tree() {
        TreeDiff diff = TreeDiff.between(history.at(TUESDAY), history.now());

        assertThat(diff.toString()).isEqualTo("""
                  The research (research)  provisioning
                ~ Sales & search (sales)  provisioning  [name: The sales -> Sales & search]
                └─ > The search (search)  provisioning  scout on small-1  [parent_id: research -> sales, agent_id: null -> scout, model: null -> small-1]
                   ├─ - The papers (papers)  provisioning
                   └─ + The web (web)  provisioning
                """);
        assertThat(diff.node("search").orElseThrow().kind()).isEqualTo(TreeDiff.Kind.MOVED);
        assertThat(diff.isEmpty()).isFalse();
    }

    @Test
    void M15_backwards_what_is_new_is_gone_and_between_equal_times_nothing_is() {
        TreeDiff back = TreeDiff.between(history.now(), history.at(TUESDAY));

        assertThat(back.node("web").orElseThrow().kind()).isEqualTo(TreeDiff.Kind.REMOVED);
        assertThat(back.node("papers").orElseThrow().kind()).isEqualTo(TreeDiff.Kind.ADDED);
        assertThat(TreeDiff.between(history.at(TUESDAY), history.at(4)).isEmpty())
                .isTrue();
    }
}
