package dev.recount.examples.dashboard;

import dev.recount.examples.dashboard.TownCourse.BrokenRig;
import dev.recount.examples.dashboard.TownCourse.Look;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The boards of a town as they are or were. Immutable.
 *
 * @param town the town
 * @param live whether they are those of now
 * @param at the moment that was asked for; null where they are live
 * @param rigs how far each rig had got
 * @param broken the rigs that are missing
 * @param boards the boards
 */
record StateAnswer(
        String town,
        boolean live,
        @Nullable String at,
        List<Standing> rigs,
        List<BrokenRig> broken,
        List<Board> boards) {

    private static final int DEFAULT_LIMIT = 20;
    private static final int MAX_LIMIT = 500;

    /**
     * How far a rig had got. Immutable.
     *
     * @param sequence the last one that is in it, so {@code recount replay RIG.db --until} it gives the same
     * @param head the newest there is
     * @param events how many events are in it
     */
    record Standing(String rig, long sequence, long head, long events) {}

    /** A board with its lanes. Immutable. */
    record Board(String title, String collection, int count, List<Lane> lanes) {}

    /** The newest cards of a lane, and how many it has in all. Immutable. */
    record Lane(String state, int count, List<Item> items, boolean more) {}

    /** A card. Immutable. */
    record Item(
            String rig, String id, String title, @Nullable String detail, Instant since) {}

    private record RigCards(Standing standing, List<Card> cards) {}

    private record Placed(String rig, Card card) {

        Item item() {
            return new Item(rig, card.id(), card.title(), card.detail(), card.since());
        }
    }

    static <S, E> StateAnswer of(TownCourse<S, E> town, Asked asked) {
        OptionalLong at = asked.at();
        requireLanes(town.system().boards(), asked.request().parameters("whole"));
        Look<RigCards> look = town.look(asked::wantsRig, course -> cards(course, town.system(), at));
        Map<String, Map<String, List<Placed>>> placed = placed(look.seen(), asked);
        List<Board> boards = town.system().boards().stream()
                .map(plan -> board(plan, placed.getOrDefault(plan.collection(), Map.of()), asked))
                .toList();
        return new StateAnswer(
                town.name(),
                at.isEmpty(),
                at.isEmpty() ? null : Asked.iso(at.getAsLong()),
                look.seen().stream().map(RigCards::standing).toList(),
                look.broken(),
                boards);
    }

    // Any state of a known board: logs hold more of them than its plan, and not at every moment.
    private static void requireLanes(List<BoardPlan> boards, List<String> lanes) {
        for (String lane : lanes) {
            if (boards.stream()
                    .noneMatch(plan -> lane.startsWith(plan.collection() + '/')
                            && lane.length() > plan.collection().length() + 1)) {
                throw Asked.invalid("whole", lane, "is not a lane of a board. Give one such as beads/closed.");
            }
        }
    }

    private static <S, E> RigCards cards(RigCourse<S, E> course, ShownSystem<S, E> system, OptionalLong at) {
        Moments moments = course.moments();
        long sequence = at.isEmpty() ? course.sequence() : moments.sequenceAt(at.getAsLong());
        int events = at.isEmpty() ? moments.size() : moments.countUntil(at.getAsLong());
        return new RigCards(
                new Standing(course.rig(), sequence, course.sequence(), events),
                system.cards(course.stateAt(sequence)));
    }

    /** The cards that the filter lets through, by collection and state. */
    private static Map<String, Map<String, List<Placed>>> placed(List<RigCards> rigs, Asked asked) {
        Map<String, Map<String, List<Placed>>> placed = new TreeMap<>();
        String agent = asked.agent().orElse("");
        for (RigCards rig : rigs) {
            for (Card card : rig.cards()) {
                if (agent.isEmpty() || card.agents().contains(agent)) {
                    placed.computeIfAbsent(card.collection(), any -> new TreeMap<>())
                            .computeIfAbsent(card.state(), any -> new ArrayList<>())
                            .add(new Placed(rig.standing().rig(), card));
                }
            }
        }
        return placed;
    }

    private static Board board(BoardPlan plan, Map<String, List<Placed>> byState, Asked asked) {
        Map<String, List<Placed>> inOrder = new LinkedHashMap<>();
        plan.lanes().forEach(state -> inOrder.put(state, byState.getOrDefault(state, List.of())));
        byState.forEach(inOrder::putIfAbsent);
        List<Lane> lanes = new ArrayList<>();
        inOrder.forEach((state, cards) -> lanes.add(lane(state, cards, limit(plan, state, asked))));
        int count = lanes.stream().mapToInt(Lane::count).sum();
        return new Board(plan.title(), plan.collection(), count, lanes);
    }

    private static int limit(BoardPlan plan, String state, Asked asked) {
        Set<String> whole = Set.copyOf(asked.request().parameters("whole"));
        return whole.contains(plan.collection() + '/' + state) ? MAX_LIMIT : asked.limit(DEFAULT_LIMIT, MAX_LIMIT);
    }

    private static Lane lane(String state, List<Placed> cards, int limit) {
        List<Item> items = cards.stream()
                .sorted(Comparator.comparing((Placed each) -> each.card().since())
                        .reversed()
                        .thenComparing(Placed::rig)
                        .thenComparing(each -> each.card().id()))
                .limit(limit)
                .map(Placed::item)
                .toList();
        return new Lane(state, cards.size(), items, items.size() < cards.size());
    }
}
