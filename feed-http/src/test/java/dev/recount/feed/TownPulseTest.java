package dev.recount.feed;

import static dev.recount.feed.Events.append;
import static dev.recount.feed.Events.event;
import static org.assertj.core.api.Assertions.assertThat;

import dev.recount.store.Query;
import dev.recount.store.sqlite.SqliteOptions;
import dev.recount.store.sqlite.SqliteTown;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(ReplaceUnderscores.class)
class TownPulseTest {

    private static final Duration LONG = Duration.ofMinutes(1);

    @TempDir
    Path folder;

    @Test
    void it_finds_what_is_new_in_any_rig_and_who_sees_it() throws Exception {
        try (SqliteTown town = SqliteTown.open(folder)) {
            append(town.rig("gastown"), event("old", "bead:gt-1"));
            Pulse pulse = new TownPulse(town);
            pulse.skip();

            append(town.rig("beads"), event("hooked", "bead:b-1"));
            assertThat(pulse.await(LONG)).isTrue();
            Part part = pulse.read();

            assertThat(part.complete()).isTrue();
            assertThat(part.hasAnyFor(sight("beads", "b-1"))).isTrue();
            assertThat(part.hasAnyFor(sight("gastown", "b-1"))).isFalse();
            assertThat(part.hasAnyFor(sight("beads", "gt-1"))).isFalse();
            assertThat(part.hasAnyFor(new Sight(Optional.empty(), Query.all()))).isTrue();
            assertThat(pulse.isSure()).isTrue();
            assertThat(pulse.await(Duration.ZERO)).isFalse();
        }
    }

    @Test
    void a_rig_that_cannot_be_read_any_more_or_again_makes_it_unsure_and_hides_no_other() throws Exception {
        Path file = folder.resolve("beads.db");
        try (SqliteTown town = SqliteTown.open(folder)) {
            append(town.rig("gastown"), event("old"));
            Pulse pulse = new TownPulse(town);
            pulse.skip();

            Files.writeString(file, "This is no log, and never was one. ".repeat(200));
            append(town.rig("gastown"), event("new"));
            assertThat(pulse.await(LONG)).isTrue();
            assertThat(pulse.read().events()).hasSize(1);

            assertThat(pulse.isSure()).isFalse();
            pulse.skip();
            assertThat(pulse.isSure()).isTrue();

            Files.delete(file);
            assertThat(pulse.await(Duration.ofMillis(1))).isTrue();
            assertThat(pulse.read().events()).isEmpty();
            assertThat(pulse.isSure()).isFalse();
        }
    }

    @Test
    void a_log_in_the_place_of_another_makes_it_unsure_also_where_nothing_else_comes() throws Exception {
        Path other = Files.createDirectory(folder.resolve("other"));
        try (SqliteTown town = SqliteTown.open(other)) {
            append(town.rig("beads"), event("another"));
        }
        try (SqliteTown town = SqliteTown.open(folder, SqliteOptions.defaults().withMaxOpenRigs(1))) {
            append(town.rig("beads"), event("old"));
            append(town.rig("gastown"), event("old"));
            Pulse pulse = new TownPulse(town);
            pulse.skip();
            town.rig("gastown").info();

            Files.move(other.resolve("beads.db"), folder.resolve("beads.db"), StandardCopyOption.REPLACE_EXISTING);

            assertThat(pulse.await(Duration.ofSeconds(3))).isTrue();
            pulse.read();
            assertThat(pulse.isSure()).isFalse();
            pulse.skip();
            append(town.rig("beads"), event("new"));
            assertThat(pulse.await(LONG)).isTrue();
            assertThat(pulse.read().events()).hasSize(1);
        }
    }

    private static Sight sight(String rig, String bead) {
        return new Sight(Optional.of(rig), Query.tagged("bead", bead));
    }
}
