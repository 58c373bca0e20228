package dev.recount.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.recount.event.NewEvent;
import dev.recount.event.Tags;
import dev.recount.examples.cli.output.Terminal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class LookingCommandsTest {

    @TempDir
    Path folder;

    @Nested
    class check {

        @Test
        void is_content_with_a_whole_log() {
            Cli told = Cli.run("check", Rigs.audited(folder), "--json");

            assertThat(told.status()).as(told.out()).isZero();
            JsonNode answer = told.json();
            assertThat(answer.path("ok").booleanValue()).isTrue();
            assertThat(answer.path("events").longValue())
                    .isEqualTo(answer.path("head").longValue())
                    .isPositive();
            assertThat(answer.path("floor").longValue()).isZero();
            assertThat(answer.path("logId").textValue()).isNotBlank();
            assertThat(answer.path("format").longValue()).isEqualTo(1);
            assertThat(answer.path("chain").textValue()).isEqualTo("ok");
            assertThat(answer.path("problems")).isEmpty();
        }

        @Test
        void leaves_a_log_of_another_family_undecoded() {
            assertThat(Cli.run("check", Rigs.seats(folder, 3)).status()).isZero();
        }

        @Test
        void names_what_cannot_be_decoded() {
            Path rig = Rigs.audited(folder);
            Rigs.append(
                    rig,
                    NewEvent.of("closed", "[\"nonsense\"]").withTags(Tags.of("bead", "gt-2")),
                    NewEvent.of("never.heard.of", "{}"));

            Cli told = Cli.run("check", rig, "--json");

            assertThat(told.status()).isEqualTo(1);
            assertThat(told.json().path("ok").booleanValue()).isFalse();
            assertThat(told.json().path("problems")).hasSize(2).allSatisfy(problem -> {
                assertThat(problem.path("kind").textValue()).isEqualTo("undecodable");
                assertThat(problem.path("sequence").longValue()).isPositive();
                assertThat(problem.path("reason").textValue()).isNotBlank();
            });
        }

        @Test
        void finds_an_event_that_was_changed() throws SQLException {
            Path rig = Rigs.seats(folder, 3);
            try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + rig);
                    Statement sql = connection.createStatement()) {
                sql.executeUpdate("DROP TRIGGER recount_events_update");
                sql.executeUpdate("UPDATE recount_events SET data = '{\"seat\":\"9Z\"}' WHERE sequence = 2");
            }

            Cli told = Cli.run("check", rig, "--json");

            assertThat(told.status()).isEqualTo(1);
            assertThat(told.json().path("chain").textValue()).isEqualTo("broken");
            assertThat(told.json().path("problems")).isNotEmpty();
            assertThat(Cli.run("check", rig).out()).contains("not ok", "chain");
        }
    }

    @Nested
    class stats {

        @Test
        void counts_by_type_tag_key_and_day() {
            JsonNode answer = Cli.run("stats", Rigs.seats(folder, 25), "--json").json();

            assertThat(answer.path("events").longValue()).isEqualTo(25);
            assertThat(answer.path("types")).isEqualTo(Cli.parse("{\"seat.taken\":13,\"seat.freed\":12}"));
            assertThat(answer.path("tagKeys")).isEqualTo(Cli.parse("{\"flight\":25,\"guest\":25,\"seat\":25}"));
            assertThat(answer.path("days")).isEqualTo(Cli.parse("{\"2026-03-01\":23,\"2026-03-02\":2}"));
            assertThat(answer.at("/sizes/file").longValue()).isPositive();
            assertThat(answer.at("/sizes/data").longValue()).isPositive();
            assertThat(answer.at("/occurredAt/first").textValue()).isEqualTo("2026-03-01T01:00:00Z");
            assertThat(answer.at("/occurredAt/last").textValue()).isEqualTo("2026-03-02T01:00:00Z");
        }

        @Test
        void draws_bars_for_people() {
            assertThat(Cli.run("stats", Rigs.seats(folder, 5)).out())
                    .contains("5 events", "by type", "seat.taken", "by tag key", "by day", "█");
        }

        private Path happened(LocalDate... days) {
            Path rig = folder.resolve("days.db");
            for (LocalDate day : days) {
                Rigs.append(rig, Rigs.seat(1).withOccurredAt(day.atStartOfDay().toInstant(ZoneOffset.UTC)));
            }
            return rig;
        }

        private List<String> byPeriod(Path rig) {
            List<String> lines = Cli.run("stats", rig).lines();
            int title = lines.lastIndexOf(lines.stream()
                    .filter(line -> line.startsWith("by "))
                    .reduce((before, last) -> last)
                    .orElseThrow());
            return lines.subList(title, lines.size());
        }

        @Test
        void show_days_without_events_and_many_of_them_as_one_line() {
            LocalDate first = LocalDate.parse("2026-03-01");

            assertThat(byPeriod(happened(first, first.plusDays(2), first.plusDays(12))))
                    .map(line -> line.replace("█", "").strip())
                    .containsExactly(
                            "by day",
                            "2026-03-01           1",
                            "2026-03-02           0",
                            "2026-03-03           1",
                            "... 9 days without events",
                            "2026-03-13           1");
        }

        @Test
        void fit_a_screen_however_long_the_log_is() {
            for (int step : new int[] {2, 20, 400}) {
                LocalDate[] days = IntStream.range(0, 24)
                        .mapToObj(i -> LocalDate.parse("2020-01-15").plusDays((long) i * step))
                        .toArray(LocalDate[]::new);
                Path rig = happened(days);

                List<String> lines = byPeriod(rig);

                assertThat(lines).hasSizeBetween(2, 32);
                assertThat(lines.get(0))
                        .isEqualTo(step == 2 ? "by week, from its Monday" : step == 20 ? "by month" : "by year");
                deleted(rig);
            }
        }

        private void deleted(Path rig) {
            try {
                Files.delete(rig);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Test
        void are_as_wide_as_the_terminal() {
            Path rig = Rigs.seats(folder, 5);

            for (int columns : new int[] {60, 80, 132}) {
                assertThat(Cli.run(new Terminal.Ends(true, false, false, columns), "stats", rig).lines().stream()
                                .filter(line -> line.contains("█"))
                                .mapToInt(String::length)
                                .max())
                        .hasValue(columns);
            }
        }

        @Test
        void of_an_empty_log_are_empty() {
            Cli told = Cli.run("stats", Rigs.seats(folder, 0), "--json");

            assertThat(told.status()).isZero();
            assertThat(told.json().path("events").longValue()).isZero();
            assertThat(told.json().at("/occurredAt/first").isNull()).isTrue();
        }
    }

    @Nested
    class export {

        @Test
        void as_jsonl_is_what_events_prints() {
            Path rig = Rigs.seats(folder, 501);

            assertThat(Cli.run("export", rig, "--format", "jsonl").out())
                    .isEqualTo(Cli.run("events", rig, "--json").out())
                    .hasLineCount(501);
        }

        @Test
        void as_csv_keeps_to_rfc_4180() {
            Cli told = Cli.run("export", Rigs.seats(folder, 1), "--format", "csv");

            String[] rows = told.out().split("\r\n", -1);
            assertThat(rows).hasSize(3);
            assertThat(rows[0]).isEqualTo("sequence,rig,type,version,tags,data,metadata,occurredAt,storedAt");
            assertThat(rows[1])
                    .startsWith(
                            "1,plane,seat.taken,1,\"[\"\"flight:LX1\"\",\"\"guest:Ada\"\",\"\"guest:Bob\"\",\"\"seat:1A\"\"]\","
                                    + "\"{\"\"seat\"\": \"\"1A\"\",\"\"price\"\":1.50}\",\"{\"\"actor\"\":\"\"desk\"\"}\","
                                    + "2026-03-01T01:00:00Z,");
            assertThat(rows[2]).isEmpty();
        }

        @Test
        void as_cloudevents_has_what_the_specification_requires() {
            Path rig = Rigs.seats(folder, 2);
            String logId = Cli.run("stats", rig, "--json").json().path("logId").textValue();

            List<JsonNode> events =
                    Cli.run("export", rig, "--format", "cloudevents").jsonLines();

            assertThat(events).hasSize(2);
            JsonNode event = events.get(1);
            assertThat(event.path("specversion").textValue()).isEqualTo("1.0");
            assertThat(event.path("id").textValue()).isEqualTo(logId + "/2");
            assertThat(event.path("source").textValue()).isEqualTo("/rigs/plane");
            assertThat(event.path("type").textValue()).isEqualTo("seat.freed");
            assertThat(event.path("time").textValue()).isEqualTo("2026-03-01T02:00:00Z");
            assertThat(event.path("datacontenttype").textValue()).isEqualTo("application/json");
            assertThat(event.at("/data/seat").textValue()).isEqualTo("2A");
            assertThat(event.fieldNames()).toIterable().allMatch(name -> name.matches("[a-z0-9]{1,20}"));
        }

        @Test
        void into_a_file_takes_the_place_of_what_was_there() throws IOException {
            Path rig = Rigs.seats(folder, 3);
            Path target = Files.writeString(folder.resolve("out.jsonl"), "old");

            Cli told = Cli.run("export", rig, "--format", "jsonl", "--to", target);

            assertThat(told.status()).isZero();
            assertThat(told.out()).isEmpty();
            assertThat(told.err()).contains("3 events");
            assertThat(Files.readString(target))
                    .isEqualTo(Cli.run("events", rig, "--json").out());
            assertThat(folder.resolve("out.jsonl.part")).doesNotExist();
        }

        @Test
        void never_writes_over_the_log() throws IOException {
            Path rig = Rigs.seats(folder, 3);
            byte[] before = Files.readAllBytes(rig);

            Cli told = Cli.run("export", rig, "--format", "jsonl", "--to", rig);

            assertThat(told.status()).isEqualTo(2);
            assertThat(Files.readAllBytes(rig)).isEqualTo(before);
        }

        @Test
        void tells_where_it_cannot_write() {
            Cli told =
                    Cli.run("export", Rigs.seats(folder, 1), "--format", "csv", "--to", folder.resolve("none/out.csv"));

            assertThat(told.status()).isEqualTo(2);
            assertThat(told.err()).contains("none/out.csv").hasLineCount(1);
        }
    }

    @Test
    void a_bar_shows_progress_where_a_person_watches() {
        Cli told = Cli.run(new Terminal.Ends(false, true, false), "stats", Rigs.seats(folder, 3), "--json");

        assertThat(told.status()).isZero();
        assertThat(told.json().path("events").longValue()).isEqualTo(3);
    }
}
