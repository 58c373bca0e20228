package dev.recount.examples.dashboard;

import dev.recount.event.StoredEvent;
import dev.recount.examples.dashboard.TownCourse.BrokenRig;
import dev.recount.examples.dashboard.TownCourse.Look;
import dev.recount.store.Page;
import dev.recount.store.Query;
import dev.recount.store.ReadOptions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What happened last up to a moment, newest first, over all rigs. Immutable.
 *
 * @param events the events
 * @param older how to ask for those before them, as parameter {@code older}; null where there are none
 * @param reaches the sequence up to which each rig was read: a live stream goes on after that
 * @param broken the rigs that are missing
 */
record ActivityAnswer(
        List<ShownEvent> events, @Nullable String older, Map<String, Long> reaches, List<BrokenRig> broken) {

    private static final int DEFAULT_LIMIT = 100;
    private static final int MAX_LIMIT = 500;

    private static final Comparator<Row> NEWEST_FIRST = Comparator.comparingLong(Row::moment)
            .reversed()
            .thenComparing(row -> row.event().rig())
            .thenComparing(Comparator.comparingLong((Row row) -> row.event().sequence())
                    .reversed());

    private record Row(long moment, ShownEvent event) {

        ActivityPlace place() {
            return new ActivityPlace(moment, event.sequence(), event.rig());
        }
    }

    private record RigRows(String rig, long reaches, List<Row> rows, boolean complete) {}

    static <S, E> ActivityAnswer of(TownCourse<S, E> town, Asked asked) {
        int limit = asked.limit(DEFAULT_LIMIT, MAX_LIMIT);
        Optional<ActivityPlace> older = asked.request().parameter("older").map(ActivityPlace::parse);
        Look<RigRows> look =
                town.look(asked::wantsRig, course -> rows(course, town.system(), until(course, asked, older), asked));
        List<Row> rows = look.seen().stream()
                .flatMap(rig -> rig.rows().stream())
                .sorted(NEWEST_FIRST)
                .toList();
        List<Row> shown = rows.subList(0, Math.min(limit, rows.size()));
        boolean more = rows.size() > limit || look.seen().stream().anyMatch(rig -> !rig.complete());
        return new ActivityAnswer(
                shown.stream().map(Row::event).toList(),
                more && !shown.isEmpty() ? shown.get(shown.size() - 1).place().toString() : null,
                reaches(look),
                look.broken());
    }

    private static Map<String, Long> reaches(Look<RigRows> look) {
        Map<String, Long> reaches = new TreeMap<>();
        look.seen().forEach(rig -> reaches.put(rig.rig(), rig.reaches()));
        return reaches;
    }

    private static long until(RigCourse<?, ?> course, Asked asked, Optional<ActivityPlace> older) {
        long end = asked.at().isEmpty()
                ? course.sequence()
                : course.moments().sequenceAt(asked.at().getAsLong());
        return older.map(place -> Math.min(end, place.lastBefore(course.rig(), course.moments())))
                .orElse(end);
    }

    private static <S, E> RigRows rows(RigCourse<S, E> course, ShownSystem<S, E> system, long until, Asked asked) {
        List<StoredEvent> found = new ArrayList<>();
        boolean complete =
                newest(course, asked.events(system.agentTag()), until, asked.limit(DEFAULT_LIMIT, MAX_LIMIT), found);
        List<Row> rows = new ArrayList<>(found.size());
        if (!found.isEmpty()) {
            S state = course.stateAt(until);
            for (StoredEvent event : found) {
                rows.add(new Row(
                        course.moments().of(event.sequence()), ShownEvent.of(course.rig(), event, system, state)));
            }
        }
        return new RigRows(course.rig(), course.sequence(), rows, complete);
    }

    private static boolean newest(RigCourse<?, ?> course, Query query, long until, int limit, List<StoredEvent> found) {
        long end = until;
        boolean complete = end == 0;
        while (!complete && found.size() < limit) {
            Page page = course.store()
                    .read(
                            query,
                            ReadOptions.defaults()
                                    .until(end)
                                    .withLimit(limit - found.size())
                                    .newestFirst());
            found.addAll(page.events());
            complete = page.complete();
            end = page.events().isEmpty() ? end : found.get(found.size() - 1).sequence() - 1;
        }
        return complete;
    }
}
