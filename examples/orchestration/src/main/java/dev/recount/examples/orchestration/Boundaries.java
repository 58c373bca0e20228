package dev.recount.examples.orchestration;

import dev.recount.store.Query;

/** What decisions rest on. */
final class Boundaries {

    private static final Query LIVES_OF_PROJECTS =
            Query.ofTypes("project_created", "project_updated", "project_deleted");
    private static final Query LIVES_OF_THREADS = Query.ofTypes("thread_created", "thread_deleted");

    private Boundaries() {}

    /** Whether there is such a project, without all that goes on in it. */
    static Query project(String project) {
        return Query.tagged("project", project).and(LIVES_OF_PROJECTS);
    }

    /** A project, and which threads it has. */
    static Query projectAndThreads(String project) {
        return Query.tagged("project", project).and(LIVES_OF_PROJECTS.or(LIVES_OF_THREADS));
    }

    /** Who has a folder. */
    static Query path(String path) {
        return Query.tagged("path", path);
    }

    /** Everything about a thread. */
    static Query thread(String thread) {
        return Query.tagged("thread", thread);
    }

    /** Everything about a thread, and whether an id is free. */
    static Query threadAndNew(String thread, String kind, String id) {
        return thread(thread).or(Query.tagged(kind, id));
    }
}
