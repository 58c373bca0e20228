package dev.recount.examples.dashboard;

import dev.recount.examples.dashboard.TownCourse.BrokenRig;
import dev.recount.examples.dashboard.TownCourse.Look;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The rigs of a town, and what its activity can be filtered by. Immutable.
 *
 * @param town the town
 * @param now the server's clock
 * @param rigs the rigs that can be read
 * @param broken the rigs that cannot
 * @param agents the ids of all agents
 * @param agentTag the key of the tag by which events name them
 * @param types the types of all events
 */
record RigsAnswer(
        String town,
        Instant now,
        List<Rig> rigs,
        List<BrokenRig> broken,
        Collection<String> agents,
        String agentTag,
        Collection<String> types) {

    /**
     * A rig. Immutable.
     *
     * @param head the sequence of its newest event
     * @param events how many events it holds
     * @param first the moment of the first; null where there is none
     * @param last the moment of the last; null where there is none
     */
    record Rig(
            String rig,
            long head,
            long events,
            @Nullable String first,
            @Nullable String last) {}

    static <S, E> RigsAnswer of(TownCourse<S, E> town) {
        Set<String> agents = new TreeSet<>();
        Set<String> types = new TreeSet<>();
        Look<Rig> look = town.look(rig -> true, course -> {
            types.addAll(course.types());
            town.system().cards(course.stateAt(course.sequence())).forEach(card -> agents.addAll(card.agents()));
            return rig(course);
        });
        return new RigsAnswer(
                town.name(),
                Instant.now(),
                look.seen(),
                look.broken(),
                agents,
                town.system().agentTag(),
                types);
    }

    private static Rig rig(RigCourse<?, ?> course) {
        Moments moments = course.moments();
        boolean any = moments.size() > 0;
        return new Rig(
                course.rig(),
                course.sequence(),
                moments.size(),
                any ? Asked.iso(moments.first()) : null,
                any ? Asked.iso(moments.last()) : null);
    }
}
