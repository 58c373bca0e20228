package dev.recount.feed;

import static dev.recount.feed.Events.append;
import static dev.recount.feed.Events.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.recount.event.StoredEvent;
import dev.recount.store.EventStore;
import dev.recount.store.Query;
import dev.recount.store.ReadOptions;
import dev.recount.store.memory.MemoryEventStore;
import dev.recount.store.sqlite.SqliteTown;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ann sees what her team does, and the log says which team that is. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ChangingPolicyTest {

    private final EventStore store = MemoryEventStore.create();
    private final CompletableFuture<FeedListener.End> end = new CompletableFuture<>();
    private final FeedPolicy byTeam = FeedPolicy.changing(Query.ofTypes("joined", "left"), request -> teamOfAnn());
    private Served served;

    @BeforeEach
    void serve() throws Exception {
        FeedListener listener = new FeedListener() {
            @Override
            public void closed(String requestId, End how) {
                end.complete(how);
            }
        };
        served = Served.of(Feed.of(
                "gastown", store, FeedOptions.defaults().withPolicy(byTeam).withListener(listener)));
        append(store, event("joined", "team:red"));
    }

    @AfterEach
    void stop() {
        served.close();
    }

    private Query teamOfAnn() {
        ReadOptions last = ReadOptions.defaults().newestFirst().withLimit(1);
        List<StoredEvent> found =
                store.read(Query.ofTypes("joined", "left"), last).events();
        return found.stream()
                .filter(event -> event.type().equals("joined"))
                .flatMap(event -> event.tags().value("team").stream())
                .findFirst()
                .map(team -> Query.tagged("team", team))
                .orElseThrow(() -> FeedRefused.forbidden("Ann is in no team. Let her join one."));
    }

    @Test
    void what_is_stored_after_a_change_is_shown_by_the_new_answer_also_where_it_came_at_once() throws Exception {
        try (EventSource stream = served.stream("")) {
            stream.next();
            append(store, event("work", "team:red"));
            assertThat(stream.sequences(1)).containsExactly(2L);

            append(
                    store,
                    event("work", "team:red"),
                    event("joined", "team:blue"),
                    event("secret", "team:red"),
                    event("work", "team:blue"),
                    event("joined", "team:green"),
                    event("secret", "team:blue"),
                    event("work", "team:green"));

            // Who it is told to is asked after all of these were stored, so what is between two changes is neither's.
            assertThat(stream.sequences(1)).containsExactly(3L);
            assertThat(stream.sequences(2)).containsExactly(7L, 9L);
            assertThat(stream.received()).doesNotContain("secret");
        }
    }

    @Test
    void a_change_that_the_client_cannot_see_opens_what_comes_after_it() throws Exception {
        try (EventSource stream = served.stream("?type=work")) {
            stream.next();
            append(store, event("joined", "team:blue"));
            append(store, event("work", "team:blue"));

            assertThat(stream.sequences(1)).containsExactly(3L);
        }
    }

    @Test
    void changes_before_a_client_came_are_no_changes_to_it() throws Exception {
        append(store, event("work", "team:red"), event("joined", "team:blue"), event("work", "team:blue"));

        try (EventSource stream = served.stream("?after=0&type=work")) {
            assertThat(stream.sequences(1)).containsExactly(4L);
            assertThat(stream.received()).doesNotContain("team:red");
        }
    }

    @Test
    void a_broadcast_after_a_change_is_shown_by_the_new_answer() throws Exception {
        try (EventSource stream = served.stream("")) {
            stream.next();
            append(store, event("work", "team:red"));
            stream.sequences(1);

            append(store, event("joined", "team:blue"));
            served.feed().broadcast(event("secret", "team:red"));
            served.feed().broadcast(event("told", "team:blue"));

            EventSource.Frame frame = stream.nextEvent();
            while (frame != null && !frame.event().equals("told")) {
                frame = stream.nextEvent();
            }
            assertThat(frame).isNotNull();
            assertThat(stream.received()).doesNotContain("secret");
        }
    }

    @Test
    void who_may_see_nothing_any_more_is_told_that_it_changed_and_then_why() throws Exception {
        try (EventSource stream = served.stream("")) {
            stream.next();
            append(store, event("left"), event("secret", "team:red"));

            EventSource.Frame frame = stream.next();
            String comments = "";
            while (frame != null) {
                comments += frame.comment();
                frame = stream.next();
            }
            assertThat(comments).contains("what this client may see has changed");
            assertThat(stream.received()).doesNotContain("secret");
        }
        assertThat(end.get(60, TimeUnit.SECONDS)).isEqualTo(FeedListener.End.REFUSED);
        assertThat(served.get("").body()).contains("\"code\":\"FORBIDDEN\"", "Ann is in no team.");
    }

    @Test
    void a_town_cannot_tell_what_came_first(@TempDir Path folder) {
        try (SqliteTown town = SqliteTown.open(folder)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Feed.of(town, FeedOptions.defaults().withPolicy(byTeam)))
                    .withMessageContaining("Make a feed of each rig.");
        }
    }
}
