package dev.recount.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.recount.event.Metadata;
import dev.recount.event.Tags;
import dev.recount.reaction.Lease;
import dev.recount.reaction.Reacted;
import dev.recount.reaction.ReactionId;
import dev.recount.reaction.StoredReaction;
import dev.recount.store.Append;
import dev.recount.store.LogCheck;
import dev.recount.store.LogProblem;
import dev.recount.subscription.Checkpoint;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class LogCheckTest {

    @TempDir
    Path folder;

    private Path file;
    private SqliteEventStore store;

    @BeforeEach
    void five_events() {
        file = folder.resolve("log.db");
        store = SqliteEventStore.open(file);
        store.append(Append.of(Events.numbered(5, "bead:1")).withReceipt("command-1"));
        store.consumers().advance("search", 5);
        aReaction(SqliteReactions.of(store));
    }

    private void aReaction(SqliteReactions reactions) {
        Instant now = Instant.parse("2026-03-03T10:00:00Z");
        reactions.register("mailer", new Checkpoint(store.info().logId(), 0));
        Lease lease = reactions.acquire("mailer", "a", now, now.plusSeconds(30)).orElseThrow();
        StoredReaction mail = new StoredReaction(new ReactionId(2, 0), null, now, StoredReaction.State.PENDING, 0, "");
        reactions.advance(lease, new Reacted(4, Set.of(), List.of(mail)));
        reactions.release(lease);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void a_whole_log_is_ok() {
        LogCheck check = store.check();

        assertThat(check.ok()).isTrue();
        assertThat(check.chain()).isEqualTo("ok");
        assertThat(List.of(check.events(), check.head(), check.floor())).containsExactly(5L, 5L, 0L);
        assertThat(check.logId()).isEqualTo(store.info().logId());
        assertThat(check.format()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            UPDATE recount_events SET data = '[7]' WHERE sequence = 3                          | 3 | chain
            UPDATE recount_events SET stored_at = '2099-01-01T00:00:00.000000Z' WHERE sequence = 3 | 3 | chain
            UPDATE recount_events SET data = 'no json' WHERE sequence = 3                      | 3 | undecodable
            UPDATE recount_events SET tags = '["x"]' WHERE sequence = 3                        | 3 | undecodable
            UPDATE recount_events SET metadata = '7' WHERE sequence = 3                        | 3 | undecodable
            UPDATE recount_events SET occurred_at = 'Tuesday' WHERE sequence = 3               | 3 | undecodable
            UPDATE recount_events SET stored_at = '1999-01-01T00:00:00.000000Z' WHERE sequence = 3 | 3 | time
            DELETE FROM recount_events WHERE sequence = 3                                      | 3 | missing
            DELETE FROM recount_events WHERE sequence = 5                                      | 5 | missing
            UPDATE recount_log SET head = 4                                                    | 4 | head
            UPDATE recount_log SET head_chain = zeroblob(32)                                   | 5 | head
            DELETE FROM recount_event_tags WHERE sequence = 3                                  | 3 | tags
            INSERT INTO recount_event_tags VALUES ('bead:2', 3)                                | 3 | tags
            INSERT INTO recount_event_tags VALUES ('bead:2', 9)                                | 9 | tags
            UPDATE recount_receipts SET last = 9                                               | 0 | receipt
            INSERT INTO recount_read_models VALUES ('board', 1, 6)                             | 0 | readModel
            UPDATE recount_consumers SET checkpoint = 6                                        | 0 | consumer
            UPDATE recount_reactors SET checkpoint = 6                                         | 0 | reactor
            UPDATE recount_reactors SET checkpoint = -1                                        | 0 | reactor
            UPDATE recount_reactors SET owner = 'a'                                            | 0 | reactor
            UPDATE recount_reactors SET owner = 'a', until = 'later'                           | 0 | reactor
            UPDATE recount_reactors SET name = 'other'                                         | 2 | reactor
            UPDATE recount_reactions SET sequence = 6                                          | 6 | reactor
            UPDATE recount_reactions SET sequence = 5                                          | 5 | reactor
            UPDATE recount_reactions SET state = 'done'                                        | 2 | reactor
            UPDATE recount_reactions SET due = 'soon'                                          | 2 | reactor
            UPDATE recount_reactions SET attempts = -1                                         | 2 | reactor
            """)
    void a_tampered_log_is_found_out(String statement, long sequence, String kind) throws SQLException {
        ForeignConnection.tamper(file, statement);

        LogCheck check = store.check();

        assertThat(check.ok()).isFalse();
        assertThat(check.problems())
                .extracting(LogProblem::sequence, LogProblem::kind)
                .contains(tuple(sequence, kind));
    }

    @Test
    void two_events_that_changed_places_are_found_out() throws SQLException {
        ForeignConnection.tamper(
                file,
                "UPDATE recount_events SET sequence = -1 WHERE sequence = 2",
                "UPDATE recount_events SET sequence = 2 WHERE sequence = 3",
                "UPDATE recount_events SET sequence = 3 WHERE sequence = -1");

        LogCheck check = store.check();

        assertThat(check.chain()).isEqualTo("broken");
        assertThat(check.problems()).extracting(LogProblem::sequence).contains(2L, 3L);
    }

    @Test
    void a_thousand_problems_are_counted_and_a_hundred_listed() throws SQLException {
        store.append(Append.of(Events.numbered(1_000)));
        ForeignConnection.tamper(file, "UPDATE recount_events SET data = '[7]'");

        LogCheck check = store.check();

        assertThat(check.problems()).hasSize(100);
        assertThat(check.problemCount()).isEqualTo(1_005);
    }

    @Test
    void two_hundred_receipts_and_checkpoints_that_are_wrong_are_all_counted() throws SQLException {
        String numbers = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 200) ";
        ForeignConnection.tamper(
                file,
                numbers + "INSERT INTO recount_receipts SELECT 'wrong ' || i, '', 7, 9 FROM n",
                numbers + "INSERT INTO recount_read_models SELECT 'wrong ' || i, 1, 9 FROM n",
                numbers + "INSERT INTO recount_consumers SELECT 'wrong ' || i, 9, '' FROM n");

        LogCheck check = store.check();

        assertThat(check.problems()).hasSize(100);
        assertThat(check.problemCount()).isEqualTo(600);
    }

    @Test
    void unreadable_rows_stop_no_reader() throws SQLException {
        ForeignConnection.tamper(
                file,
                "UPDATE recount_events SET tags = '{', metadata = '[', occurred_at = '?', stored_at = '' WHERE sequence = 2",
                "UPDATE recount_events SET data = 'no json' WHERE sequence = 3");

        var events = Events.all(store);

        assertThat(Events.sequences(events)).containsExactly(1L, 2L, 3L, 4L, 5L);
        assertThat(events.get(1).tags()).isEqualTo(Tags.none());
        assertThat(events.get(1).metadata()).isEqualTo(Metadata.empty());
        assertThat(events.get(1).occurredAt()).isEqualTo(Instant.EPOCH);
        assertThat(events.get(2).data()).isEqualTo("no json");
    }
}
