package dev.recount.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.recount.reaction.Lease;
import dev.recount.reaction.Reacted;
import dev.recount.reaction.ReactionId;
import dev.recount.reaction.StoredReaction;
import dev.recount.store.Append;
import dev.recount.store.LogCheck;
import dev.recount.store.LogProblem;
import dev.recount.store.Retention;
import dev.recount.subscription.Checkpoint;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class LogCheckTest {

    private final PostgresOptions options = Server.options();
    private final PostgresEventStore store = PostgresEventStore.open(Server.dataSource(), "rig", options);

    @BeforeEach
    void five_events() {
        store.append(Append.of(Events.numbered(5, "bead:1", "l".repeat(150) + ":" + "x".repeat(500)))
                .withReceipt("command-1"));
        store.consumers().advance("search", 5);
        aReaction(PostgresReactions.of(store));
        try (PostgresEventStore other = PostgresEventStore.open(Server.dataSource(), "other", options)) {
            other.append(Append.of(Events.numbered(3, "bead:1")));
        }
    }

    private void aReaction(PostgresReactions reactions) {
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

    /** What a superuser can do who means to: with all triggers off. */
    private void tamper(String... statements) throws SQLException {
        StringBuilder all = new StringBuilder("SET search_path = " + options.schema() + ";");
        for (String table : List.of("events", "event_tags", "receipts", "rigs")) {
            all.append("ALTER TABLE ").append(table).append(" DISABLE TRIGGER ALL;");
        }
        for (String statement : statements) {
            all.append(statement).append(';');
        }
        Sql.run(Server.dataSource(), all + "RESET search_path");
    }

    @Test
    void a_whole_log_is_ok_and_says_how_far_it_was_looked_at() {
        List<Long> looked = new ArrayList<>();

        LogCheck check = store.check(looked::add);

        assertThat(check.problems()).isEmpty();
        assertThat(check.ok()).isTrue();
        assertThat(check.chain()).isEqualTo("ok");
        assertThat(List.of(check.events(), check.head(), check.floor())).containsExactly(5L, 5L, 0L);
        assertThat(check.logId()).isEqualTo(store.info().logId());
        assertThat(check.format()).isEqualTo(SchemaText.MIGRATIONS.size());
        assertThat(looked).containsExactly(5L);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            UPDATE events SET data = '[7]' WHERE sequence = 3                                  | 3 | chain
            UPDATE events SET chain = sha256('x') WHERE sequence = 3                           | 3 | chain
            UPDATE events SET stored_at = '2099-01-01T00:00:00.000000Z' WHERE sequence = 3     | 3 | chain
            UPDATE events SET stored_at = '1999-01-01T00:00:00.000000Z' WHERE sequence = 3     | 3 | time
            UPDATE events SET data = 'no json' WHERE sequence = 3                              | 3 | undecodable
            UPDATE events SET tags = '["x"]' WHERE sequence = 3                                | 3 | undecodable
            UPDATE events SET metadata = '7' WHERE sequence = 3                                | 3 | undecodable
            UPDATE events SET occurred_at = 'Tuesday' WHERE sequence = 3                       | 3 | undecodable
            DELETE FROM events WHERE sequence = 3                                              | 3 | missing
            DELETE FROM events WHERE sequence = 5                                              | 5 | missing
            DELETE FROM events                                                                 | 1 | missing
            UPDATE rigs SET head = 4                                                           | 5 | head
            UPDATE rigs SET head_chain = decode(repeat('00', 32), 'hex')                       | 5 | head
            UPDATE rigs SET floor = 2                                                          | 3 | chain
            DELETE FROM event_tags WHERE sequence = 3                                          | 3 | tags
            DELETE FROM event_tags WHERE sequence = 3 AND tag = 'bead:1'                       | 3 | tags
            DELETE FROM event_tags WHERE sequence = 3 AND tag NOT LIKE '%:%'                   | 3 | tags
            INSERT INTO event_tags SELECT rig, 'bead:2', 3 FROM rigs WHERE name = 'rig'        | 3 | tags
            INSERT INTO event_tags SELECT rig, 'bead:2', 9 FROM rigs WHERE name = 'rig'        | 9 | tags
            UPDATE receipts SET last = 9                                                       | 0 | receipt
            UPDATE consumers SET checkpoint = 6                                                | 0 | consumer
            UPDATE reactors SET checkpoint = 6                                                 | 0 | reactor
            UPDATE reactors SET checkpoint = -1                                                | 0 | reactor
            UPDATE reactors SET owner = 'a'                                                    | 0 | reactor
            UPDATE reactors SET owner = 'a', until = 'later'                                   | 0 | reactor
            UPDATE reactors SET name = 'other'                                                 | 2 | reactor
            UPDATE reactions SET sequence = 6                                                  | 6 | reactor
            UPDATE reactions SET sequence = 5                                                  | 5 | reactor
            UPDATE reactions SET state = 'done'                                                | 2 | reactor
            UPDATE reactions SET due = 'soon'                                                  | 2 | reactor
            UPDATE reactions SET attempts = -1                                                 | 2 | reactor
            """)
    void what_was_tampered_with_is_found_out(String statement, long sequence, String kind) throws SQLException {
        tamper(statement);

        LogCheck check = store.check();

        assertThat(check.ok()).isFalse();
        assertThat(check.problems())
                .extracting(LogProblem::sequence, LogProblem::kind)
                .contains(tuple(sequence, kind));
    }

    @Test
    void two_events_that_changed_places_are_found_out() throws SQLException {
        tamper(
                "UPDATE events SET sequence = -1 WHERE sequence = 2",
                "UPDATE events SET sequence = 2 WHERE sequence = 3",
                "UPDATE events SET sequence = 3 WHERE sequence = -1");

        LogCheck check = store.check();

        assertThat(check.chain()).isEqualTo("broken");
        assertThat(check.problems()).extracting(LogProblem::sequence).contains(2L, 3L);
    }

    @Test
    void another_rig_of_the_same_tables_is_not_concerned() throws SQLException {
        tamper("UPDATE events SET data = '[7]'", "DELETE FROM event_tags");

        try (PostgresEventStore clean = PostgresEventStore.open(Server.dataSource(), "clean", options)) {
            clean.append(Append.of(Events.numbered(2, "bead:1")));
            assertThat(clean.check().problems()).isEmpty();
        }
    }

    @Test
    void a_thousand_problems_are_counted_and_a_hundred_listed_over_many_pages() throws SQLException {
        store.append(Append.of(Events.numbered(2_500, "bead:2")));
        tamper("UPDATE events SET data = '[7]' WHERE rig = (SELECT rig FROM rigs WHERE name = 'rig')");

        LogCheck check = store.check();

        assertThat(check.events()).isEqualTo(2_505);
        assertThat(check.problems()).hasSize(100);
        assertThat(check.problemCount()).isEqualTo(2_505);
    }

    @Test
    void what_retention_left_is_ok_and_what_goes_while_it_looks_is_not_missing() {
        try (PostgresEventStore pruned = PostgresEventStore.open(Server.dataSource(), "pruned", options)) {
            pruned.append(Append.of(Events.numbered(2_500, "bead:2")));
            pruned.retain(Retention.from(100));
            assertThat(pruned.check().problems()).isEmpty();

            LogCheck check = pruned.check(sequence -> {
                if (sequence < 1_500) {
                    pruned.retain(Retention.from(2_000));
                    pruned.append(Append.of(Events.numbered(1, "bead:3")));
                }
            });

            assertThat(check.problems()).isEmpty();
            assertThat(check.chain()).isEqualTo("ok");
            assertThat(check.events()).isEqualTo(1_000 + 2_500 - 1_999);
        }
    }

    @Test
    void a_row_that_the_server_cannot_read_is_named_and_the_others_are_looked_at() throws SQLException {
        store.append(Append.of(Events.numbered(30)));
        Sql.run(Server.dataSource(), """
                CREATE FUNCTION {s}.torn() RETURNS boolean LANGUAGE plpgsql VOLATILE AS
                  $$ BEGIN RAISE EXCEPTION 'a torn page' USING ERRCODE = 'data_corrupted'; END $$;
                ALTER TABLE {s}.events RENAME TO whole_events;
                CREATE VIEW {s}.events AS SELECT * FROM {s}.whole_events e
                  WHERE CASE WHEN e.sequence = 17 THEN {s}.torn() ELSE true END
                """.replace("{s}", options.schema()));

        LogCheck check = store.check();

        assertThat(check.events()).isEqualTo(34);
        assertThat(check.problems())
                .extracting(LogProblem::sequence, LogProblem::kind)
                .contains(tuple(17L, "integrity"), tuple(17L, "missing"));
    }
}
