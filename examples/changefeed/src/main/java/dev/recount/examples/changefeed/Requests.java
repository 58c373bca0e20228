package dev.recount.examples.changefeed;

import dev.recount.examples.changefeed.Check.Result;
import dev.recount.examples.changefeed.WorkCommand.AddReviewThread;
import dev.recount.examples.changefeed.WorkCommand.ChangePrSession;
import dev.recount.examples.changefeed.WorkCommand.CreatePr;
import dev.recount.examples.changefeed.WorkCommand.CreateSession;
import dev.recount.examples.changefeed.WorkCommand.RecordCheck;
import dev.recount.examples.changefeed.WorkCommand.ResolveReviewThread;
import dev.recount.examples.changefeed.WorkCommand.UpdatePr;
import dev.recount.examples.changefeed.WorkCommand.UpdateSession;
import java.time.Instant;
import java.util.List;
import java.util.random.RandomGenerator;

/** Requests at random, of which the rules refuse some. Not thread-safe. */
final class Requests {

    private static final List<String> WORK = List.of(
            "Fix the flaky login test", "Cache the build", "Split the parser", "Document the feed", "Drop dead code");
    private static final List<String> CHECKS = List.of("build", "test", "lint");

    private final RandomGenerator random;
    private final String name;

    /** What the ids of sessions and pull requests begin with is the name. */
    Requests(RandomGenerator random, String name) {
        this.random = random;
        this.name = name;
    }

    /** A request about one of the few sessions or pull requests that are numbered from {@code first} on. */
    WorkCommand next(String project, int first, Instant now) {
        return random.nextInt(4) == 0 ? aboutSession(project, first, now) : aboutPr(project, first, now);
    }

    private WorkCommand aboutSession(String project, int first, Instant now) {
        String session = session(first);
        return random.nextBoolean()
                ? new CreateSession(project, session, one(WORK), now)
                : new UpdateSession(project, session, one(WORK), one(List.of(SessionStatus.values())), now);
    }

    private WorkCommand aboutPr(String project, int first, Instant now) {
        String pr = name + "-pr-" + (first + random.nextInt(6));
        String thread = "thread-" + random.nextInt(4);
        String commit = Integer.toHexString(random.nextInt(0x1000000));
        return switch (random.nextInt(10)) {
            case 0, 1 ->
                new CreatePr(project, pr, random.nextBoolean() ? session(first) : null, one(WORK), commit, now);
            case 2 -> new UpdatePr(project, pr, one(WORK), commit, one(List.of(PrStatus.values())), now);
            case 3 -> new ChangePrSession(project, pr, session(first), now);
            case 4 -> new ResolveReviewThread(project, pr, thread, now);
            case 5, 6 ->
                new AddReviewThread(
                        project, pr, thread, "src/Feed.java", 1 + random.nextInt(99), "ann", one(WORK) + "?", now);
            default -> new RecordCheck(project, pr, new Check(one(CHECKS), commit, one(List.of(Result.values()))), now);
        };
    }

    private String session(int first) {
        return name + "-session-" + (first + random.nextInt(4));
    }

    private <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }
}
