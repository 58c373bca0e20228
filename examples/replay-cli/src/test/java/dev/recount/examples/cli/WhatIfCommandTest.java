package dev.recount.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.recount.command.CommandHandler;
import dev.recount.event.Metadata;
import dev.recount.event.NewEvent;
import dev.recount.examples.town.BeadCommand.CloseBead;
import dev.recount.examples.town.BeadCommand.CreateBead;
import dev.recount.examples.town.BeadCommand.SubmitReview;
import dev.recount.examples.town.BeadDetails;
import dev.recount.examples.town.BeadType;
import dev.recount.examples.town.TownCommand;
import dev.recount.examples.town.TownEvent;
import dev.recount.examples.town.TownLog;
import dev.recount.store.sqlite.SqliteEventStore;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class WhatIfCommandTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    @TempDir
    Path folder;

    @Test
    void by_the_same_rules_every_decision_is_the_same() {
        Path rig = rig();

        Cli told = Cli.run("whatif", rig, "--model", "beads", "--against", "town");

        assertThat(told.status()).as(told.err()).isZero();
        assertThat(told.lines())
                .containsExactly("same  0 of 5 decisions up to sequence 7 would have been others by town."
                        + " 1 events have no recorded command.");
    }

    @Test
    void by_a_changed_rule_the_decisions_that_differ_are_listed() {
        Path rig = rig();

        Cli told = Cli.run("whatif", rig, "--model", "beads", "--against", "careful");

        assertThat(told.status()).isEqualTo(1);
        assertThat(told.lines()).hasSize(4);
        assertThat(told.lines().get(0)).startsWith("differs  2 close_bead {\"bead\":\"gt-1\"");
        assertThat(told.lines().get(1)).startsWith("  stored   closed {");
        assertThat(told.lines().get(2)).startsWith("  refused  NOT_REVIEWED The work on bead gt-1 was not reviewed.");
        assertThat(told.lines().get(3)).startsWith("different  1 of 5 decisions up to sequence 7");
    }

    @Test
    void programs_get_json() {
        Path rig = rig();

        JsonNode told = Cli.run("whatif", rig, "--model", "beads", "--against", "careful", "--json")
                .json();

        assertThat(told.path("model").textValue()).isEqualTo("beads");
        assertThat(told.path("against").textValue()).isEqualTo("careful");
        assertThat(told.path("decisions").longValue()).isEqualTo(5);
        assertThat(told.path("same").longValue()).isEqualTo(4);
        assertThat(told.path("withoutCommand").longValue()).isEqualTo(1);
        assertThat(told.path("differing")).hasSize(1);
        JsonNode other = told.path("differing").get(0);
        assertThat(other.path("sequence").longValue()).isEqualTo(2);
        assertThat(other.at("/command/type").textValue()).isEqualTo("close_bead");
        assertThat(other.at("/command/data/bead").textValue()).isEqualTo("gt-1");
        assertThat(other.at("/stored/0/type").textValue()).isEqualTo("closed");
        assertThat(other.path("decided")).isEmpty();
        assertThat(other.at("/rejected/code").textValue()).isEqualTo("NOT_REVIEWED");
        assertThat(other.path("failed").isNull()).isTrue();
    }

    @Test
    void a_command_that_cannot_be_read_is_told_and_is_not_the_same() {
        Path rig = rig();
        Metadata recorded = Metadata.empty()
                .with("command", "{}")
                .with("commandType", "sell_bead")
                .with("commandVersion", "1")
                .with("commandEvents", "1");
        Rigs.append(rig, NewEvent.of("note", "{}").withMetadata(recorded));

        Cli told = Cli.run("whatif", rig, "--model", "beads", "--against", "town");

        assertThat(told.status()).isEqualTo(1);
        assertThat(told.lines().get(0))
                .startsWith("not compared  8 Its command cannot be read.")
                .contains("sell_bead");
        assertThat(told.lines().get(1)).endsWith(" 1 decisions could not be compared.");
    }

    @Test
    void rules_that_nobody_knows_are_bad_input() {
        Cli told = Cli.run("whatif", rig(), "--model", "beads", "--against", "lenient");

        assertThat(told.status()).isEqualTo(2);
        assertThat(told.err()).contains("lenient", "careful or town").hasLineCount(1);
    }

    /** Two beads, one closed at once, the other after a review; and an event that no command led to. */
    private Path rig() {
        Path rig = folder.resolve("rig.db");
        try (SqliteEventStore store = SqliteEventStore.open(rig)) {
            CommandHandler<TownCommand, TownEvent> commands =
                    TownLog.commands(TownLog.in(store)).recordingCommands(TownLog.commandCodec());
            commands.handle(create("gt-1"));
            commands.handle(new CloseBead("gt-1", "done", "mayor", NOON));
            commands.handle(create("gt-2"));
            commands.handle(new SubmitReview("gt-2", null, "mayor", NOON));
            commands.handle(new CloseBead("gt-2", "done", "mayor", NOON));
        }
        Rigs.append(rig, Rigs.seat(1));
        return rig;
    }

    private static CreateBead create(String bead) {
        return new CreateBead(bead, BeadDetails.of(BeadType.ISSUE, "Fix " + bead), "mayor", NOON);
    }
}
