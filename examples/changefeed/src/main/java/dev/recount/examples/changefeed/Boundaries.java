package dev.recount.examples.changefeed;

import dev.recount.event.Tags;
import dev.recount.store.Query;

/** Where a project, a session and a pull request are told: what decisions about them rest on. */
final class Boundaries {

    private Boundaries() {}

    static Query registration(String project) {
        return Query.tagged("project", project).and(Query.ofTypes("project_registered"));
    }

    // A pull request has the tag of its session, too; what a session is rests on none of these.
    static Query session(String project, String session) {
        return Query.taggedWithAll(Tags.of("project", project).and("session", session))
                .and(Query.ofTypes("session_created", "session_updated"));
    }

    static Query pr(String project, String pr) {
        return Query.taggedWithAll(Tags.of("project", project).and("pr", pr));
    }
}
