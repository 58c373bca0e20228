/** A town in the browser: live activity, boards, timelines and time travel. */
@org.jspecify.annotations.NullMarked
module dev.recount.examples.dashboard {
    requires transitive dev.recount.core;
    requires dev.recount.examples.orchestration;
    requires dev.recount.examples.town;
    requires dev.recount.examples.workspaces;
    requires dev.recount.feed.http;
    requires jdk.httpserver;
    requires com.fasterxml.jackson.databind;
    requires com.fasterxml.jackson.datatype.jsr310;
    requires org.slf4j;
    requires static org.jspecify;

    exports dev.recount.examples.dashboard;

    opens dev.recount.examples.dashboard to
            com.fasterxml.jackson.databind;
}
