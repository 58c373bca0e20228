package dev.recount.examples.dashboard;

import dev.recount.codec.EventCodec;
import dev.recount.codec.UndecodableEvent;
import dev.recount.decider.Projector;
import dev.recount.event.StoredEvent;
import dev.recount.examples.town.Agent;
import dev.recount.examples.town.Bead;
import dev.recount.examples.town.ChangedFields;
import dev.recount.examples.town.Sentences;
import dev.recount.examples.town.TownEvent;
import dev.recount.examples.town.TownLog;
import dev.recount.examples.town.TownProjector;
import dev.recount.examples.town.TownState;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A town of beads and agents, as the dashboard shows it. Immutable. */
public final class ShownTown implements ShownSystem<TownState, TownEvent> {

    private static final String BEADS = "beads";
    private static final String AGENTS = "agents";
    private static final String PLANS = "plans";

    /** The reason that an import gives; the timeline has it, and it would fill every other row of the activity. */
    private static final Pattern PROVENANCE = Pattern.compile(": its record of \\S+$");

    private static final TownProjector PROJECTOR = new TownProjector();
    private static final List<BoardPlan> BOARDS = List.of(
            new BoardPlan("Agents", AGENTS, "agent", List.of("working", "idle", "stalled", "dead")),
            new BoardPlan(
                    "Beads", BEADS, "bead", List.of("open", "in_progress", "in_review", "blocked", "failed", "closed")),
            new BoardPlan(
                    "Convoys, molecules, escalations",
                    PLANS,
                    "bead",
                    List.of("escalated", "acknowledged", "waiting", "landed", "advancing", "completed", "ended")));

    /** The same for every town. */
    public ShownTown() {}

    @Override
    public EventCodec<TownEvent> codec() {
        return TownLog.codec();
    }

    @Override
    public Projector<TownState, TownEvent> projector() {
        return PROJECTOR;
    }

    @Override
    public List<BoardPlan> boards() {
        return BOARDS;
    }

    @Override
    public List<Card> cards(TownState state) {
        Stream<Card> agents = state.agents().values().stream().map(agent -> card(agent, state));
        Stream<Card> beads = state.beads().values().stream()
                .flatMap(bead -> Stream.concat(Stream.of(card(bead)), plan(bead).stream()));
        return Stream.concat(agents, beads).toList();
    }

    @Override
    public Optional<Subject> subject(StoredEvent event) {
        return event.tags()
                .value("bead")
                .map(bead -> new Subject(BEADS, bead))
                .or(() -> event.tags().value("agent").map(agent -> new Subject(AGENTS, agent)));
    }

    @Override
    public Optional<String> title(TownState state, Subject subject) {
        return switch (subject.collection()) {
            case BEADS, PLANS ->
                state.bead(subject.id()).map(bead -> bead.details().title());
            case AGENTS -> state.agent(subject.id()).map(Agent::name);
            default -> Optional.empty();
        };
    }

    @Override
    public String sentence(StoredEvent event) {
        return PROVENANCE.matcher(Sentences.withoutTime(event)).replaceFirst("");
    }

    @Override
    public TimelineEntry entry(StoredEvent event, ZoneId zone) {
        Optional<TownEvent> first = decoded(event);
        return TimelineEntry.of(
                event,
                Sentences.in(zone).of(event),
                first.map(TownEvent::actor).filter(actor -> !actor.isBlank()).orElse(null),
                first.map(TownEvent::reason).orElse(null),
                subject(event).orElse(null),
                ChangedFields.of(event).stream()
                        .map(change -> new TimelineEntry.Changed(change.field(), change.from(), change.to()))
                        .toList());
    }

    private static Optional<TownEvent> decoded(StoredEvent event) {
        try {
            return TownLog.codec().decode(event).stream().findFirst();
        } catch (UndecodableEvent e) {
            return Optional.empty();
        }
    }

    private static Card card(Agent agent, TownState town) {
        String work = Optional.ofNullable(agent.hookedBead())
                .flatMap(town::bead)
                .map(bead -> named(bead.id(), bead.details().title()))
                .orElse(agent.hookedBead());
        return new Card(
                AGENTS,
                agent.status().word(),
                agent.id(),
                agent.name(),
                work == null ? agent.role().word() : work,
                agent.lastActivity(),
                List.of(agent.id()));
    }

    private static Card card(Bead bead) {
        String title = bead.details().title();
        return new Card(
                BEADS,
                bead.status().word(),
                bead.id(),
                title == null ? "" : title,
                bead.hookedBy() == null ? bead.assignee() : bead.hookedBy(),
                bead.updatedAt(),
                Stream.of(bead.hookedBy(), bead.assignee())
                        .filter(Objects::nonNull)
                        .distinct()
                        .toList());
    }

    /** What is more than a bead stands on a board of its own as well: there it is in the state that only such a bead has. */
    private static Optional<Card> plan(Bead bead) {
        return bead.milestone().map(milestone -> {
            Card card = card(bead);
            return new Card(
                    PLANS, milestone.state(), card.id(), card.title(), milestone.detail(), card.since(), card.agents());
        });
    }

    private static String named(String id, @Nullable String title) {
        return title == null ? id : id + ' ' + title;
    }
}
