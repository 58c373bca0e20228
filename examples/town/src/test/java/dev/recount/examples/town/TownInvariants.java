package dev.recount.examples.town;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recount.codec.RecordedEvent;
import dev.recount.event.EventType;
import dev.recount.examples.town.ConvoyEvent.ConvoyLanded;
import dev.recount.examples.town.EscalationEvent.Escalated;
import dev.recount.examples.town.MoleculeEvent.MoleculeAdvanced;
import dev.recount.examples.town.TownEvent.BeadClosed;
import dev.recount.examples.town.TownEvent.BeadCreated;
import dev.recount.examples.town.TownEvent.BeadDeleted;
import dev.recount.examples.town.TownEvent.BeadHooked;
import dev.recount.examples.town.TownEvent.BeadUnhooked;
import dev.recount.examples.town.TownEvent.StatusChanged;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What must hold after every event of a rig, kept by plain maps that know none of the rules. */
final class TownInvariants {

    private final Map<String, Status> alive = new HashMap<>();
    private final Map<String, String> holderOf = new HashMap<>();
    private final Map<String, String> heldBy = new HashMap<>();
    private final Map<String, Integer> stepsDone = new HashMap<>();
    private final Set<String> ids = new HashSet<>();
    private final Set<String> landed = new TreeSet<>();
    private final Map<String, Integer> count = new TreeMap<>();

    /** Takes one event, in their order. */
    void take(RecordedEvent<TownEvent> recorded) {
        TownEvent event = recorded.event();
        String what = recorded.sequence() + " " + event;
        count.merge(event.getClass().getAnnotation(EventType.class).value(), 1, Integer::sum);
        String bead = event.bead();
        if (bead != null) {
            assertThat(alive.containsKey(bead))
                    .as("there was a bead before %s", what)
                    .isEqualTo(!(event instanceof BeadCreated));
        }
        statuses(event, what);
        hooks(event, what);
        milestones(event, what);
    }

    private void statuses(TownEvent event, String what) {
        if (event instanceof BeadCreated created) {
            assertThat(ids.add(created.bead())).as("the id is new at %s", what).isTrue();
            alive.put(created.bead(), created.status());
        } else if (event instanceof StatusChanged changed) {
            assertThat(alive.put(changed.bead(), changed.to())).as(what).isEqualTo(changed.from());
            assertThat(changed.from()).as(what).isNotEqualTo(changed.to());
        } else if (event instanceof BeadClosed closed) {
            assertThat(closed.from().isFinal()).as(what).isFalse();
            assertThat(alive.put(closed.bead(), Status.CLOSED)).as(what).isEqualTo(closed.from());
        } else if (event instanceof BeadDeleted deleted) {
            assertThat(alive.remove(deleted.bead())).as(what).isEqualTo(deleted.from());
            assertThat(holderOf).as(what).doesNotContainKey(deleted.bead());
            stepsDone.remove(deleted.bead());
            landed.remove(deleted.bead());
        }
    }

    private void hooks(TownEvent event, String what) {
        if (event instanceof BeadHooked hooked) {
            assertThat(holderOf.put(hooked.bead(), hooked.agent())).as(what).isNull();
            assertThat(heldBy.put(hooked.agent(), hooked.bead())).as(what).isNull();
        } else if (event instanceof BeadUnhooked unhooked) {
            assertThat(holderOf.remove(unhooked.bead())).as(what).isEqualTo(unhooked.agent());
            assertThat(heldBy.remove(unhooked.agent())).as(what).isEqualTo(unhooked.bead());
        }
    }

    private void milestones(TownEvent event, String what) {
        if (event instanceof ConvoyLanded convoy) {
            assertThat(landed.add(convoy.bead())).as(what).isTrue();
            assertThat(convoy.beads().stream().map(alive::get).filter(Status.CLOSED::equals))
                    .as(what)
                    .isNotEmpty();
        } else if (event instanceof MoleculeAdvanced advanced) {
            assertThat(advanced.done()).as(what).isEqualTo(stepsDone.getOrDefault(advanced.bead(), 0) + 1);
            stepsDone.put(advanced.bead(), advanced.done());
        } else if (event instanceof Escalated escalated) {
            assertThat(escalated.raised()).as(what).isBetween(0, 3);
        }
    }

    /** Compares the end with what a replay says: nothing refers to what is not there. */
    void requireSame(TownState town) {
        assertThat(town.beads().keySet()).isEqualTo(new TreeSet<>(alive.keySet()));
        town.beads().values().forEach(bead -> requireSame(bead, town));
        town.agents()
                .values()
                .forEach(agent -> assertThat(agent.hookedBead())
                        .as("what %s holds", agent.id())
                        .isEqualTo(heldBy.get(agent.id())));
        town.mailboxes()
                .forEach((recipient, mails) ->
                        assertThat(alive.keySet()).as("mails for %s", recipient).containsAll(mails));
    }

    private void requireSame(Bead bead, TownState town) {
        assertThat(bead.status()).as(bead.id()).isEqualTo(alive.get(bead.id()));
        assertThat(bead.closedAt() != null)
                .as(bead.id())
                .isEqualTo(bead.status().isFinal());
        assertThat(bead.hookedBy()).as(bead.id()).isEqualTo(holderOf.get(bead.id()));
        assertThat(bead.hookedBy() != null && bead.status().isFinal())
                .as("%s is held, though it is %s", bead.id(), bead.status())
                .isFalse();
        if (bead.details().parent() != null) {
            assertThat(town.beads())
                    .as("parent of %s", bead.id())
                    .containsKey(bead.details().parent());
        }
    }

    /** How many events there were of each type. */
    Map<String, Integer> count() {
        return count;
    }
}
