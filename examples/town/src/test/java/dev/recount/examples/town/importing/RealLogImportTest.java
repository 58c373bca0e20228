package dev.recount.examples.town.importing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.recount.EventLog;
import dev.recount.codec.RecordedEvent;
import dev.recount.examples.town.TownEvent;
import dev.recount.examples.town.TownEvent.BeadObserved;
import dev.recount.examples.town.TownLog;
import dev.recount.examples.town.TownProjector;
import dev.recount.examples.town.TownState;
import dev.recount.store.Query;
import dev.recount.store.memory.MemoryEventStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every figure was found on the data itself; the README of this module explains them. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RealLogImportTest {

    @TempDir
    private Path folder;

    private final EventLog<TownEvent> rig = TownLog.in(MemoryEventStore.create());

    @Test
    void every_row_of_the_audit_log_becomes_events_and_importing_again_stores_nothing() {
        ImportReport report = BeadsImport.into(rig).read(RealData.require("gastown/events.jsonl"));
        ImportReport again = BeadsImport.into(rig).read(RealData.require("gastown/events.jsonl"));

        assertThat(report.read()).isEqualTo(3_667);
        assertThat(report.events()).isEqualTo(5_324);
        assertThat(report.entities()).isEqualTo(674);
        assertThat(report.contradictedTimes()).isEqualTo(2_122);
        assertThat(report.unresolved()).isEmpty();
        assertThat(again.events()).isZero();
        assertThat(again.unresolved()).isEmpty();
    }

    @Test
    void all_674_final_statuses_agree_and_every_other_difference_is_listed_with_its_reason() {
        BeadsImport.into(rig).read(RealData.require("gastown/events.jsonl"));
        Comparison comparison =
                Expectation.read(RealData.require("gastown/issues.jsonl")).compare(town(rig), rig);

        assertThat(comparison.compared()).isEqualTo(674);
        assertThat(comparison.agreeingByField())
                .isEqualTo(Map.of("status", 674L, "assignee", 659L, "labels", 622L, "priority", 248L, "title", 248L));
        assertThat(comparison.agreeing()).isEqualTo(235);
        assertThat(comparison.missing()).containsExactly("gt-08hf1", "gt-eph-04p3", "gt-eph-8gb");
        assertThat(comparison.extra()).isEmpty();
        assertThat(comparison.diverging()).hasSize(919);
        assertThat(comparison.diverging().stream()
                        .filter(each -> each.reason().equals("no event tells it"))
                        .collect(Collectors.groupingBy(Divergence::field, Collectors.counting())))
                .isEqualTo(Map.of("title", 426L, "priority", 426L, "labels", 52L, "assignee", 14L));
        assertThat(comparison.diverging())
                .filteredOn(each -> each.reason().equals("no event tells it"))
                .hasSize(918);
        assertThat(comparison.diverging())
                .filteredOn(each -> !each.reason().equals("no event tells it"))
                .containsExactly(new Divergence(
                        "gt-94i9",
                        "assignee",
                        "",
                        "gastown/polecats/furiosa",
                        lastSequence(comparison, "gt-94i9"),
                        "the events tell another value"));
    }

    @Test
    void beads_whose_titles_are_never_shown_are_those_whose_priorities_are_not() {
        BeadsImport.into(rig).read(RealData.require("gastown/events.jsonl"));
        Comparison comparison =
                Expectation.read(RealData.require("gastown/issues.jsonl")).compare(town(rig), rig);

        Map<String, Set<String>> beads = comparison.diverging().stream()
                .collect(Collectors.groupingBy(
                        Divergence::field, Collectors.mapping(Divergence::key, Collectors.toSet())));
        assertThat(beads.get("title")).hasSize(426).isEqualTo(beads.get("priority"));
        assertThat(events().filter(BeadObserved.class::isInstance)).hasSize(322);
    }

    @Test
    void rows_that_were_left_out_at_first_are_not_applied_behind_newer_ones() throws IOException {
        List<String> all = Files.readAllLines(RealData.require("gastown/events.jsonl"));
        Path part = folder.resolve("part.jsonl");
        Path whole = folder.resolve("whole.jsonl");
        Files.write(
                part,
                IntStream.range(0, all.size())
                        .filter(i -> i % 7 != 6)
                        .mapToObj(all::get)
                        .toList());
        Files.write(whole, all);

        BeadsImport.into(rig).read(part);
        ImportReport report = BeadsImport.into(rig).read(whole);

        Set<Long> refused = report.unresolved().stream().map(Unresolved::line).collect(Collectors.toSet());
        Path taken = folder.resolve("taken.jsonl");
        Files.write(
                taken,
                IntStream.range(0, all.size())
                        .filter(i -> !refused.contains(i + 1L))
                        .mapToObj(all::get)
                        .toList());
        EventLog<TownEvent> other = TownLog.in(MemoryEventStore.create());
        assertThat(BeadsImport.into(other).read(taken).unresolved()).isEmpty();
        assertThat(report.unresolved())
                .isNotEmpty()
                .allMatch(each -> each.reason().contains("import the whole file into a new rig"));
        assertThat(town(rig).beads()).isEqualTo(town(other).beads());
    }

    @Test
    void a_history_of_84917_rows_is_imported_and_replayed() {
        ImportReport report = BeadsImport.into(rig).read(RealData.require("beads-history/events.jsonl.gz"));

        assertThat(report.read()).isEqualTo(84_917);
        assertThat(report.events()).isEqualTo(98_491);
        assertThat(report.entities()).isEqualTo(12_628);
        assertThat(report.unresolved()).isEmpty();
        assertThat(town(rig).beads()).hasSize(3_004);
    }

    @Test
    void all_3194_beads_of_the_town_stand_in_their_rigs_as_in_their_files() {
        Map<String, EventLog<TownEvent>> rigs = new TreeMap<>();
        ImportReport report = importTown(rigs);

        assertThat(report.read()).isEqualTo(4_607);
        assertThat(report.entities()).isEqualTo(3_194);
        assertThat(rigs).hasSize(16);
        rigs.forEach((name, log) -> {
            Expectation file = Expectation.read(RealData.require("mandrigin-town/" + name + ".issues.jsonl"));
            Comparison comparison = file.compare(town(log), log);
            assertThat(comparison.isEqual()).as("%s: %s", name, comparison).isTrue();
            assertThat(comparison.agreeing()).isEqualTo(file.keys().size());
        });
        assertThat(importTown(rigs).events()).isZero();
    }

    @Test
    void rows_of_the_town_feed_that_name_no_known_bead_are_reported_with_their_line() {
        ImportReport report = importTown(new TreeMap<>());

        Map<String, Long> reasons = report.unresolved().stream()
                .collect(Collectors.groupingBy(
                        each -> each.reason().replaceAll("'[^']*'", "X").replaceAll(" to \\w+$", ""),
                        TreeMap::new,
                        Collectors.counting()));
        assertThat(reasons)
                .isEqualTo(Map.of(
                        "bead X is in no issues file", 212L,
                        "bead X is in no issues file, though its prefix is routed", 38L,
                        "rig X has no issues file", 1L,
                        "type X changes no bead, agent or mailbox of a rig", 547L));
        assertThat(report.unresolved()).allMatch(each -> each.file().equals("town.events.jsonl") && each.line() > 0);
    }

    @Test
    void the_250_rows_of_the_feed_that_name_an_unknown_bead_are_189_done_rows_and_61_others() throws IOException {
        ImportReport report = importTown(new TreeMap<>());
        List<String> feed = Files.readAllLines(RealData.require("mandrigin-town/town.events.jsonl"));

        List<JsonNode> unknown = report.unresolved().stream()
                .filter(each -> each.reason().contains("is in no issues file"))
                .map(each -> Json.object(feed.get((int) each.line() - 1)))
                .toList();
        assertThat(feed).hasSize(1_413);
        assertThat(report.unresolved()).hasSize(798);
        assertThat(unknown).hasSize(250);
        assertThat(unknown)
                .filteredOn(row -> Json.text(row, "type").equals("done"))
                .hasSize(189);
    }

    private Stream<TownEvent> events() {
        return rig.read(Query.all()).stream().map(RecordedEvent::event);
    }

    private static ImportReport importTown(Map<String, EventLog<TownEvent>> rigs) {
        return TownImport.into(name -> rigs.computeIfAbsent(name, key -> TownLog.in(MemoryEventStore.create())))
                .read(RealData.require("mandrigin-town"));
    }

    private static long lastSequence(Comparison comparison, String key) {
        return comparison.diverging().stream()
                .filter(each -> each.key().equals(key))
                .findFirst()
                .orElseThrow()
                .lastSequence();
    }

    private static TownState town(EventLog<TownEvent> log) {
        return log.replay(new TownProjector()).strictly().run().state();
    }
}
