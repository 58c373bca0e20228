package dev.recount.examples.dashboard;

import dev.recount.feed.FeedRefused;
import dev.recount.store.Page;
import dev.recount.store.Query;
import dev.recount.store.ReadOptions;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The story of one thing, oldest first, with what it is or was at a moment. Immutable.
 *
 * @param rig its rig
 * @param collection its collection
 * @param id its id
 * @param title what it is called at that moment; null where it has no title, or is not there
 * @param state its lane at that moment; null where it is not there
 * @param reaches the sequence of the rig at that moment: entries after it came later
 * @param entries what happened to it, also after that moment
 * @param next how to ask for what comes after that, as parameter {@code after}; null where this is all
 */
record TimelineAnswer(
        String rig,
        String collection,
        String id,
        @Nullable String title,
        @Nullable String state,
        long reaches,
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
                        query(board, subject),
                        ReadOptions.defaults().after(after).withLimit(asked.limit(DEFAULT_LIMIT, MAX_LIMIT)));
        OptionalLong at = asked.at();
        long reaches = at.isEmpty() ? course.sequence() : course.moments().sequenceAt(at.getAsLong());
        S state = course.stateAt(reaches);
        Optional<Card> card = card(system, state, subject);
        if (page.events().isEmpty()
                && after == 0
                && card(system, course.stateAt(course.sequence()), subject).isEmpty()) {
            throw unknown(course.rig(), subject);
        }
        return new TimelineAnswer(
                course.rig(),
                subject.collection(),
                subject.id(),
                system.title(state, subject).orElse(null),
                card.map(Card::state).orElse(null),
                reaches,
                page.events().stream().map(event -> system.entry(event, zone)).toList(),
                page.complete() ? null : page.upTo());
    }

    private static <S, E> Optional<Card> card(ShownSystem<S, E> system, S state, Subject subject) {
        return system.cards(state).stream()
                .filter(each -> each.collection().equals(subject.collection())
                        && each.id().equals(subject.id()))
                .findFirst();
    }

    private static Query query(BoardPlan board, Subject subject) {
        try {
            return Query.tagged(board.tag(), subject.id());
        } catch (IllegalArgumentException e) {
            throw FeedRefused.badRequest("INVALID_ID", "No id is like this one: " + e.getMessage());
        }
    }

    private static FeedRefused unknown(String rig, Subject subject) {
        return FeedRefused.notFound("Nothing is known of '" + subject.id() + "' among the " + subject.collection()
                        + " of rig " + rig + ". Check the id.")
                .with("rig", rig)
                .with("id", subject.id());
    }
}
