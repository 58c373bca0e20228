package dev.recount.examples.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.recount.examples.dashboard.Asking.Told;
import dev.recount.examples.town.BeadCommand;
import dev.recount.examples.town.TownState;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the page reads, over a real socket. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class AnswersTest {

    @TempDir
    Path folder;

    private TestTown town;
    private Dashboard dashboard;
    private Asking asking;

    @BeforeEach
    void start() throws Exception {
        town = TestTown.busy(folder.resolve("wasteland"), 4, "gastown", "harbour");
        dashboard = town.serve(DashboardOptions.defaults());
        asking = Asking.at(dashboard);
    }

    @AfterEach
    void stop() {
        dashboard.close();
        town.close();
    }

    @Test
    void the_timeline_tells_a_bead_from_its_creation_to_its_end_in_sentences() {
        town.create("gastown", "gt-9", "Fix the \"gate\"");
        town.perform(
                "gastown", new BeadCommand.CloseBead("gt-9", "done", "bob", Instant.parse("2026-03-03T14:33:20Z")));

        JsonNode told = asking.json("/api/rigs/gastown/beads/gt-9/timeline?zone=Europe/Berlin");

        assertThat(told.path("title").textValue()).isEqualTo("Fix the \"gate\"");
        assertThat(told.path("state").textValue()).isEqualTo("closed");
        assertThat(told.path("next").isNull()).isTrue();
        List<JsonNode> entries = list(told.path("entries"));
        assertThat(entries).hasSize(2);
        assertThat(entries.get(0).path("type").textValue()).isEqualTo("created");
        assertThat(entries.get(0).path("sentence").textValue()).startsWith("Created \"Fix the \"gate\"\" by ann at ");
        JsonNode closed = entries.get(1);
        assertThat(closed.path("sentence").textValue()).isEqualTo("Closed by bob at 15:33: done");
        assertThat(closed.path("actor").textValue()).isEqualTo("bob");
        assertThat(closed.path("reason").textValue()).isEqualTo("done");
        assertThat(closed.path("occurredAt").textValue()).isEqualTo("2026-03-03T14:33:20Z");
        assertThat(closed.path("changes").toString())
                .isEqualTo("[{\"field\":\"status\",\"from\":\"open\",\"to\":\"closed\"}]");
    }

    @Test
    void the_timeline_of_a_deleted_bead_still_answers() {
        town.create("gastown", "gt/9 ü", "Short-lived");
        town.perform("gastown", new BeadCommand.DeleteBead("gt/9 ü", null, "bob", Instant.now()));

        JsonNode told = asking.json("/api/rigs/gastown/beads/gt%2F9%20%C3%BC/timeline");

        assertThat(told.path("state").isNull()).isTrue();
        assertThat(list(told.path("entries")))
                .extracting(entry -> entry.path("type").textValue())
                .containsExactly("created", "deleted");
    }

    @Test
    void the_timeline_of_a_moment_has_the_head_of_that_moment_and_says_what_came_later() {
        Instant before = TestTown.START.minusSeconds(1);
        Instant closed = Instant.parse("2026-03-03T14:33:20Z");
        town.create("mill", "m-9", "Fix the gate", TestTown.START);
        town.perform("mill", new BeadCommand.CloseBead("m-9", "done", "bob", closed));
        String timeline = "/api/rigs/mill/beads/m-9/timeline?at=";

        JsonNode unborn = asking.json(timeline + before);
        JsonNode open = asking.json(timeline + closed.minusSeconds(1));
        JsonNode done = asking.json(timeline + closed);

        assertThat(unborn.path("state").isNull()).isTrue();
        assertThat(unborn.path("title").isNull()).isTrue();
        assertThat(unborn.path("reaches").longValue()).isZero();
        assertThat(open.path("state").textValue()).isEqualTo("open");
        assertThat(open.path("title").textValue()).isEqualTo("Fix the gate");
        assertThat(open.path("reaches").longValue()).isEqualTo(1);
        assertThat(sequences(open)).containsExactly(1L, 2L);
        assertThat(done.path("state").textValue()).isEqualTo("closed");
    }

    @Test
    void the_timeline_of_an_agent_names_the_beads_it_worked_on() {
        JsonNode told = asking.json("/api/rigs/gastown/agents/gastown-toast/timeline");

        assertThat(list(told.path("entries")))
                .filteredOn(entry -> entry.path("type").textValue().equals("hooked"))
                .isNotEmpty()
                .allSatisfy(entry -> {
                    assertThat(entry.path("subject").path("collection").textValue())
                            .isEqualTo("beads");
                    assertThat(entry.path("subject").path("id").textValue()).startsWith("gastown-");
                });
    }

    @Test
    void a_row_leaves_out_which_record_an_import_read_and_the_timeline_tells_it() {
        town.create("gastown", "gt-9", "Imported");
        town.perform(
                "gastown",
                new BeadCommand.CloseBead("gt-9", "its record of 2026-01-29T20:15:00Z", "bob", Instant.now()));

        JsonNode row = asking.json("/api/towns/wasteland/activity?limit=1")
                .path("events")
                .get(0);
        JsonNode told = asking.json("/api/rigs/gastown/beads/gt-9/timeline")
                .path("entries")
                .get(1);

        assertThat(row.path("sentence").textValue()).isEqualTo("Closed by bob");
        assertThat(told.path("sentence").textValue()).endsWith(": its record of 2026-01-29T20:15:00Z");
    }

    @Test
    void a_timeline_is_read_on_page_by_page() {
        town.create("gastown", "gt-9", "Much labelled");
        for (int i = 0; i < 5; i++) {
            town.label("gastown", "gt-9", "label" + i);
        }
        List<Long> whole = sequences(asking.json("/api/rigs/gastown/beads/gt-9/timeline"));

        List<Long> paged = new ArrayList<>();
        JsonNode page = asking.json("/api/rigs/gastown/beads/gt-9/timeline?limit=4");
        paged.addAll(sequences(page));
        page = asking.json("/api/rigs/gastown/beads/gt-9/timeline?limit=4&after=" + page.path("next"));
        paged.addAll(sequences(page));

        assertThat(whole).hasSize(6);
        assertThat(paged).isEqualTo(whole);
    }

    @Test
    void what_is_unknown_is_refused_in_the_envelope_of_the_feed() {
        for (String path : List.of(
                "/api/rigs/gastown/beads/nobody/timeline",
                "/api/rigs/nowhere/beads/gastown-1/timeline",
                "/api/rigs/gastown/trees/gastown-1/timeline",
                "/api/rigs/nowhere/events",
                "/api/towns/nowhere/state",
                "/api/towns/nowhere/events",
                "/api/nothing",
                "/nothing")) {
            Told told = asking.with("X-Request-Id", "mine-7").get(path);

            assertThat(told.status()).as(path).isEqualTo(404);
            assertThat(told.json().path("code").textValue()).isEqualTo("NOT_FOUND");
            assertThat(told.json().path("message").textValue()).isNotBlank();
            assertThat(told.json().path("requestId").textValue()).isEqualTo("mine-7");
            assertThat(told.header("X-Request-Id")).contains("mine-7");
        }
    }

    @Test
    void a_value_that_cannot_be_understood_is_named() {
        Map<String, String> wrong = new TreeMap<>(Map.of(
                "state?at=yesterday", "INVALID_AT",
                "state?limit=0", "INVALID_LIMIT",
                "state?limit=501", "INVALID_LIMIT",
                "state?whole=nope", "INVALID_WHOLE",
                "activity?agent=%00", "INVALID_AGENT",
                "events?bead=", "INVALID_BEAD",
                "events?agent=%00", "INVALID_AGENT",
                "histogram?buckets=many", "INVALID_BUCKETS",
                "histogram?from=2026-03-03T00:00:00Z&to=2026-03-02T00:00:00Z", "INVALID_FROM",
                "activity?older=here", "INVALID_OLDER"));
        wrong.forEach((query, code) -> {
            Told told = asking.get("/api/towns/wasteland/" + query);

            assertThat(told.status()).as(query).isEqualTo(400);
            assertThat(told.json().path("code").textValue()).isEqualTo(code);
        });
        assertThat(asking.get("/api/rigs/gastown/beads/%00/timeline")
                        .json()
                        .path("code")
                        .textValue())
                .isEqualTo("INVALID_ID");
        assertThat(asking.get("/api/rigs/gastown/beads/gastown-1/timeline?zone=Mars")
                        .status())
                .isEqualTo(400);
        assertThat(asking.send("POST", "/api/towns/wasteland/state", "").status())
                .isEqualTo(405);
    }

    @Test
    void the_boards_of_every_moment_are_those_of_a_replay_until_then() {
        List<Instant> moments = new ArrayList<>(List.of(TestTown.START.minusSeconds(1), Instant.now()));
        for (String rig : town.rigs().rigs()) {
            town.events(rig).forEach(event -> moments.add(event.occurredAt()));
        }
        for (Instant moment : moments) {
            JsonNode state = asking.json("/api/towns/wasteland/state?at=" + moment);

            assertThat(counts(state)).as(moment.toString()).isEqualTo(replayed(moment));
            assertThat(state.path("live").booleanValue()).isFalse();
        }
        assertThat(counts(asking.json("/api/towns/wasteland/state"))).isEqualTo(replayed(Instant.now()));
    }

    @Test
    void what_is_appended_is_on_the_boards_of_the_next_request() {
        int before = count(asking.json("/api/towns/wasteland/state"), "beads", "open");

        town.create("harbour", "h-9", "New");

        JsonNode state = asking.json("/api/towns/wasteland/state");
        assertThat(count(state, "beads", "open")).isEqualTo(before + 1);
        assertThat(state.path("live").booleanValue()).isTrue();
    }

    @Test
    void a_lane_lists_a_few_of_its_cards_and_all_where_it_is_asked_for_whole() {
        JsonNode few = lane(asking.json("/api/towns/wasteland/state?limit=2"), "beads", "closed");
        JsonNode all = lane(asking.json("/api/towns/wasteland/state?limit=2&whole=beads/closed"), "beads", "closed");

        assertThat(few.path("items")).hasSize(2);
        assertThat(few.path("more").booleanValue()).isTrue();
        assertThat(all.path("items")).hasSize(few.path("count").intValue());
        assertThat(all.path("more").booleanValue()).isFalse();
    }

    @Test
    void the_activity_gives_every_event_once_from_the_newest_moment_to_the_oldest() {
        List<String> seen = new ArrayList<>();
        List<Instant> times = new ArrayList<>();
        String older = "";
        do {
            JsonNode page = asking.json("/api/towns/wasteland/activity?limit=7" + older);
            for (JsonNode event : page.path("events")) {
                seen.add(event.path("rig").textValue() + ' ' + event.path("sequence"));
                times.add(Instant.parse(event.path("occurredAt").textValue()));
            }
            older = page.path("older").isNull()
                    ? ""
                    : "&older=" + page.path("older").textValue();
        } while (!older.isEmpty());

        List<String> stored = new ArrayList<>();
        for (String rig : town.rigs().rigs()) {
            town.events(rig).forEach(event -> stored.add(rig + ' ' + event.sequence()));
        }
        assertThat(seen).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(stored);
        assertThat(times).isSortedAccordingTo(Comparator.reverseOrder());
    }

    @Test
    void the_activity_is_filtered_by_rig_agent_and_type() {
        JsonNode hooked =
                asking.json("/api/towns/wasteland/activity?rig=gastown&agent=gastown-toast&type=hooked&type=unhooked");

        assertThat(list(hooked.path("events"))).isNotEmpty().allSatisfy(event -> {
            assertThat(event.path("rig").textValue()).isEqualTo("gastown");
            assertThat(event.path("type").textValue()).isIn("hooked", "unhooked");
            assertThat(event.path("sentence").textValue()).containsIgnoringCase("toast");
            assertThat(event.path("subject").path("title").textValue()).isNotBlank();
        });
    }

    @Test
    void the_histogram_counts_every_event_in_one_bucket() {
        int all = town.events("gastown").size() + town.events("harbour").size();

        for (int buckets : List.of(1, 7, 120)) {
            JsonNode told = asking.json("/api/towns/wasteland/histogram?buckets=" + buckets);

            assertThat(list(told.path("counts")).stream().mapToLong(JsonNode::longValue))
                    .hasSize(buckets);
            assertThat(list(told.path("counts")).stream()
                            .mapToLong(JsonNode::longValue)
                            .sum())
                    .isEqualTo(all);
        }
    }

    @Test
    void a_broken_rig_is_named_and_the_others_are_served() throws Exception {
        Files.write(
                town.directory().resolve("ruin.db"),
                "This is no database, and never was one.".repeat(200).getBytes(StandardCharsets.UTF_8));

        for (String path : List.of("rigs", "state", "activity")) {
            JsonNode told = asking.json("/api/towns/wasteland/" + path);

            assertThat(told.path("broken")).as(path).hasSize(1);
            assertThat(told.path("broken").get(0).path("rig").textValue()).isEqualTo("ruin");
            assertThat(told.path("broken").get(0).path("message").textValue()).isNotBlank();
        }
        assertThat(list(asking.json("/api/towns/wasteland/rigs").path("rigs")))
                .extracting(rig -> rig.path("rig").textValue())
                .containsExactly("gastown", "harbour");
    }

    @Test
    void a_rigs_feed_knows_beads_and_agents_and_has_sentences() {
        JsonNode page = asking.json("/api/rigs/gastown/events?bead=gastown-1&agent=gastown-toast&limit=1");

        JsonNode event = page.path("events").get(0);
        assertThat(event.path("tags").path("bead").textValue()).isEqualTo("gastown-1");
        assertThat(event.path("tags").path("agent").textValue()).isEqualTo("gastown-toast");
        assertThat(event.path("sentence").textValue()).isEqualTo("Hooked by Toast");
        assertThat(event.path("subject").path("title").textValue()).isNotBlank();
    }

    private Map<String, Integer> replayed(Instant moment) {
        Map<String, Integer> counts = new TreeMap<>();
        for (String rig : town.rigs().rigs()) {
            TownState state = town.replayed(rig, moment);
            state.beads().values().forEach(bead -> counts.merge("beads/" + bead.status(), 1, Integer::sum));
            state.agents().values().forEach(agent -> counts.merge("agents/" + agent.status(), 1, Integer::sum));
            state.beads().values().stream()
                    .flatMap(bead -> bead.milestone().stream())
                    .forEach(milestone -> counts.merge("plans/" + milestone.state(), 1, Integer::sum));
        }
        return counts;
    }

    private static Map<String, Integer> counts(JsonNode state) {
        Map<String, Integer> counts = new TreeMap<>();
        for (JsonNode board : state.path("boards")) {
            for (JsonNode lane : board.path("lanes")) {
                if (lane.path("count").intValue() > 0) {
                    counts.put(
                            board.path("collection").textValue()
                                    + '/'
                                    + lane.path("state").textValue(),
                            lane.path("count").intValue());
                }
            }
        }
        return counts;
    }

    private static int count(JsonNode state, String collection, String lane) {
        return lane(state, collection, lane).path("count").intValue();
    }

    private static JsonNode lane(JsonNode state, String collection, String name) {
        for (JsonNode board : state.path("boards")) {
            for (JsonNode lane : board.path("lanes")) {
                if (board.path("collection").textValue().equals(collection)
                        && lane.path("state").textValue().equals(name)) {
                    return lane;
                }
            }
        }
        throw new AssertionError(collection + '/' + name + " is not in " + state);
    }

    private static List<Long> sequences(JsonNode timeline) {
        return list(timeline.path("entries")).stream()
                .map(entry -> entry.path("sequence").longValue())
                .toList();
    }

    private static List<JsonNode> list(JsonNode array) {
        List<JsonNode> all = new ArrayList<>();
        array.forEach(all::add);
        return all;
    }
}
