package dev.recount.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recount.event.StoredEvent;
import dev.recount.store.Append;
import dev.recount.store.Query;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ProcessesTest {

    private static final int APPENDS = 10;

    private final PostgresOptions options = Server.options();

    @Test
    void two_processes_with_eight_writers_count_without_a_gap() throws Exception {
        try (PostgresEventStore store = PostgresEventStore.open(Server.dataSource(), "rig", options);
                Child one = child("one", 4, APPENDS);
                Child two = child("two", 4, APPENDS)) {
            one.go();
            two.go();
            List<String> acknowledged = finish(one);
            acknowledged.addAll(finish(two));

            List<StoredEvent> log = Events.all(store, Query.all());
            assertThat(log).extracting(StoredEvent::sequence).isEqualTo(upTo(2L * 8 * APPENDS));
            assertThat(log).isSortedAccordingTo((a, b) -> a.storedAt().compareTo(b.storedAt()));
            assertThat(Events.all(store, Query.tagged("counter", "1")))
                    .extracting(event -> Long.parseLong(event.data()))
                    .isEqualTo(upTo(8L * APPENDS));
            assertThat(acknowledged).hasSize(8 * APPENDS).doesNotHaveDuplicates();
            new RigAudit(store, List.of()).requireWhole(log.size());
        }
    }

    @Test
    void an_append_of_another_process_wakes_who_waits() throws Exception {
        try (PostgresEventStore store = PostgresEventStore.open(Server.dataSource(), "rig", options);
                Child child = child("other", 1, 1)) {
            assertThat(store.awaitAfter(0, Duration.ofMillis(1))).isFalse();
            child.go();

            assertThat(store.awaitAfter(0, Duration.ofSeconds(60))).isTrue();
            assertThat(store.info().head()).isEqualTo(2);
        }
    }

    @Test
    void a_process_that_is_killed_leaves_whole_appends_and_a_rig_that_others_go_on_with() throws Exception {
        try (PostgresEventStore store = PostgresEventStore.open(Server.dataSource(), "rig", options)) {
            for (int round = 0; round < 2; round++) {
                List<String> acknowledged = killedWhileItWrites("killed" + round);
                List<String> types = types(store);
                for (String outcome : acknowledged) {
                    long first = Long.parseLong(outcome.substring(0, outcome.indexOf(' ')));
                    assertThat(types.subList((int) first - 1, (int) first + 1)).containsExactly("counted", "noted");
                }
                store.append(Append.of(List.of(Events.event("between", "round:" + round))));
            }

            // Read once: what the server still has of the killed process may come later.
            List<StoredEvent> log = Events.all(store, Query.all());
            assertThat(log.stream().filter(event -> event.type().equals("counted")))
                    .hasSameSizeAs(log.stream()
                            .filter(event -> event.type().equals("noted"))
                            .toList());
            assertThat(log).extracting(StoredEvent::sequence).isEqualTo(upTo(log.size()));
        }
    }

    private List<String> killedWhileItWrites(String name) throws Exception {
        try (Child child = child(name, 2, 1_000_000)) {
            child.go();
            List<String> acknowledged = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                acknowledged.add(child.readLine());
            }
            child.kill();
            for (String line : child.rest()) {
                // The last line may have been cut off.
                if (line.matches("\\d+ \\d+")) {
                    acknowledged.add(line);
                }
            }
            return acknowledged.subList(0, acknowledged.size() - 1);
        }
    }

    private Child child(String name, int threads, int appends) throws Exception {
        Child child = Child.start(Server.url(), options.schema(), name, threads, appends);
        assertThat(child.readLine()).isEqualTo("ready");
        return child;
    }

    private static List<String> finish(Child child) throws Exception {
        List<String> lines = child.rest();
        assertThat(lines).endsWith("done");
        return new ArrayList<>(lines.subList(0, lines.size() - 1));
    }

    private static List<String> types(PostgresEventStore store) {
        return Events.all(store, Query.all()).stream().map(StoredEvent::type).toList();
    }

    private static List<Long> upTo(long last) {
        return LongStream.rangeClosed(1, last).boxed().toList();
    }
}
