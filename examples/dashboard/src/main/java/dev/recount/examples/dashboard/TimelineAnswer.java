package dev.recount.examples.dashboard;

import dev.recount.feed.FeedRefused;
import dev.recount.store.Page;
import dev.recount.store.Query;
import dev.recount.store.ReadOptions;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The story of one thing, oldest first. Immutable.
 *
 * @param rig its rig
 * @param collection its collection
 * @param id its id
 * @param title what it is called; null where it has no title, or is no more
 * @param state its lane; null where it is no more
 * @param entries what happened to it
 * @param next how to ask for what comes after that, as parameter {@code after}; null where this is all
 */
record TimelineAnswer(
        String rig,
        String collection,
        String id,
        @Nullable String title,
        @Nullable String state,
        List<TimelineEntry> entries,
        @Nullable Long next) {

    private static final int DEFAULT_LIMIT = 500;
    private static final int MAX_LIMIT = 1_000;

    static <S, E> TimelineAnswer of(TownCourse<S, E> town, String rig, Subject subject, Asked asked) {
        BoardPlan board = town.system().boards().stream()
                .filter(plan -> plan.collection().equals(subject.collection()))
                .findFirst()
                .orElseThrow(
                        () -> FeedRefused.notFound("There are no " + subject.collection() + " here. Ask for one of "
                                + town.system().boards().stream()
                                        .map(BoardPlan::collection)
                                        .toList() + '.'));
        RigCourse<S, E> course = course(town, rig);
        return course.upToHead(upToHead -> read(upToHead, town.system(), board, subject, asked));
    }

    static <S, E> RigCourse<S, E> course(TownCourse<S, E> town, String rig) {
        return town.course(rig)
                .orElseThrow(
                        () -> FeedRefused.notFound("There is no rig '" + rig + "'. Ask for one that the town lists.")
                                .with("rig", rig));
    }

    private static <S, E> TimelineAnswer read(
            RigCourse<S, E> course, ShownSystem<S, E> system, BoardPlan board, Subject subject, Asked asked) {
        long after = asked.number("after", 0, 0, Long.MAX_VALUE);
        ZoneId zone = asked.zone();
        Page page = course.store()
                .read(
                        Query.tagged(board.tag(), subject.id()),
                        ReadOptions.defaults().after(after).withLimit(asked.limit(DEFAULT_LIMIT, MAX_LIMIT)));
        S state = course.stateAt(course.sequence());
        Optional<Card> card = system.cards(state).stream()
                .filter(each -> each.collection().equals(subject.collection())
                        && each.id().equals(subject.id()))
                .findFirst();
        if (page.events().isEmpty() && after == 0 && card.isEmpty()) {
            throw FeedRefused.notFound("Nothing is known of '" + subject.id() + "' among the " + subject.collection()
                            + " of rig " + course.rig() + ". Check the id.")
                    .with("rig", course.rig())
                    .with("id", subject.id());
        }
        return new TimelineAnswer(
                course.rig(),
                subject.collection(),
                subject.id(),
                system.title(state, subject).orElse(null),
                card.map(Card::state).orElse(null),
                page.events().stream().map(event -> system.entry(event, zone)).toList(),
                page.complete() ? null : page.upTo());
    }
}
