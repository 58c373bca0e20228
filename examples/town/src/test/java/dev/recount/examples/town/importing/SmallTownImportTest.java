package dev.recount.examples.town.importing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recount.EventLog;
import dev.recount.codec.RecordedEvent;
import dev.recount.examples.town.Agent;
import dev.recount.examples.town.AgentEvent;
import dev.recount.examples.town.MailEvent;
import dev.recount.examples.town.Status;
import dev.recount.examples.town.TownEvent;
import dev.recount.examples.town.TownLog;
import dev.recount.examples.town.TownProjector;
import dev.recount.examples.town.TownState;
import dev.recount.store.Query;
import dev.recount.store.memory.MemoryEventStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SmallTownImportTest {

    private static final String OPEN = "{\"id\":\"as-1\",\"title\":\"One\",\"status\":\"open\",\"priority\":1,"
            + "\"created_at\":\"2026-01-01T10:00:00+01:00\",\"updated_at\":\"2026-01-01T10:00:00+01:00\"}";
    private static final String CLOSED = "{\"id\":\"as-2\",\"title\":\"Two\",\"status\":\"closed\",\"priority\":2,"
            + "\"labels\":[\"x\"],\"created_at\":\"2026-01-01T10:00:05+01:00\",\"updated_at\":\"2026-01-01T12:00:00+01:00\","
            + "\"closed_at\":\"2026-01-01T10:00:04+01:00\",\"close_reason\":\"done\"}";
    private static final String ELSEWHERE = "{\"id\":\"as-9\",\"title\":\"Nine\",\"status\":\"hooked\",\"priority\":2,"
            + "\"created_at\":\"2026-01-01T09:00:00Z\",\"updated_at\":\"2026-01-01T09:30:00Z\"}";

    @TempDir
    private Path folder;

    private final Map<String, EventLog<TownEvent>> rigs = new TreeMap<>();

    @BeforeEach
    void a_town_of_two_rigs() throws IOException {
        write("ash.issues.jsonl", OPEN, CLOSED);
        write("birch.issues.jsonl", ELSEWHERE);
        write("routes.jsonl", "{\"prefix\":\"as-\",\"path\":\"ash\"}", "{\"prefix\":\"hq-\",\"path\":\".\"}");
        write(
                "town.events.jsonl",
                feed("spawn", "\"polecat\":\"toast\",\"rig\":\"ash\""),
                feed("sling", "\"bead\":\"as-1\",\"target\":\"ash/toast\""),
                feed("done", "\"bead\":\"toast-mk1\",\"branch\":\"polecat/toast-mk1\""),
                feed("mail", "\"to\":\"ash/witness\",\"subject\":\"Hello\""),
                feed("nudge", "\"target\":\"ash/toast\""),
                feed("spawn", "\"polecat\":\"nux\",\"rig\":\"cedar\""));
    }

    private static String feed(String type, String payload) {
        return "{\"ts\":\"2026-01-01T09:00:01Z\",\"type\":\"" + type + "\",\"actor\":\"mayor\",\"payload\":{" + payload
                + "}}";
    }

    private void write(String name, String... lines) throws IOException {
        Files.writeString(folder.resolve(name), String.join("\n", lines));
    }

    private ImportReport read() {
        return TownImport.into(name -> rigs.computeIfAbsent(name, key -> TownLog.in(MemoryEventStore.create())))
                .read(folder);
    }

    private TownState town(String rig) {
        return rigs.get(rig).replay(new TownProjector()).run().state();
    }

    private List<TownEvent> events(String rig) {
        List<TownEvent> events = new ArrayList<>();
        for (RecordedEvent<TownEvent> recorded : rigs.get(rig).read(Query.all())) {
            events.add(recorded.event());
        }
        return events;
    }

    @Test
    void each_bead_stands_in_the_rig_of_its_file_whatever_its_prefix() {
        read();

        assertThat(town("ash").beads()).containsOnlyKeys("as-1", "as-2");
        assertThat(town("birch").beads()).containsOnlyKeys("as-9");
        assertThat(town("birch").bead("as-9").orElseThrow().status()).isEqualTo(Status.of("hooked"));
    }

    @Test
    void events_are_in_the_order_of_their_times_and_none_comes_before_its_bead() {
        read();

        assertThat(events("ash"))
                .hasExactlyElementsOfTypes(
                        TownEvent.BeadCreated.class,
                        AgentEvent.AgentSpawned.class,
                        TownEvent.BeadHooked.class,
                        MailEvent.MailSent.class,
                        TownEvent.BeadCreated.class,
                        TownEvent.BeadClosed.class);
        assertThat(town("ash").bead("as-2").orElseThrow().outcome()).isEqualTo("done");
    }

    @Test
    void a_short_agent_name_is_resolved_by_an_earlier_spawn() {
        read();

        Agent toast = town("ash").agent("ash/polecats/toast").orElseThrow();
        assertThat(toast.hookedBead()).isEqualTo("as-1");
    }

    @Test
    void what_names_no_known_bead_or_rig_is_reported_with_its_line() {
        ImportReport report = read();

        assertThat(report.read()).isEqualTo(9);
        assertThat(report.unresolved())
                .containsExactly(
                        new Unresolved("town.events.jsonl", 3, "bead 'toast-mk1' is in no issues file"),
                        new Unresolved(
                                "town.events.jsonl", 5, "type 'nudge' changes no bead, agent or mailbox of a rig"),
                        new Unresolved("town.events.jsonl", 6, "rig 'cedar' has no issues file"));
    }

    @Test
    void importing_again_stores_only_what_is_new() throws IOException {
        read();
        write("birch.issues.jsonl", ELSEWHERE, OPEN.replace("as-1", "bi-1"));

        assertThat(read().events()).isEqualTo(1);
        assertThat(read().events()).isZero();
    }

    @Test
    void an_id_in_two_files_and_a_record_with_other_content_are_reported() throws IOException {
        read();
        write("birch.issues.jsonl", ELSEWHERE, OPEN);
        write("ash.issues.jsonl", OPEN.replace("One", "Another"), CLOSED);

        assertThat(read().unresolved())
                .contains(
                        new Unresolved("birch.issues.jsonl", 2, "bead 'as-1' stands in the issues of ash already"),
                        new Unresolved(
                                "ash.issues.jsonl",
                                1,
                                "as-1 created was imported before with other content, which stays as it is"));
    }
}
