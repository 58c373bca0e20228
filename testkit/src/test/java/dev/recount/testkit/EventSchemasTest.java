package dev.recount.testkit;

import static dev.recount.testkit.Seats.freed;
import static dev.recount.testkit.Seats.taken;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.AssertionFailedError;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class EventSchemasTest {

    @TempDir
    Path directory;

    private EventSchemas<Seats.Event> schemas;

    @BeforeEach
    void writeGoldenFiles() {
        schemas = EventSchemas.in(directory, new Seats.Codec())
                .withSamples(taken("12A", "Ann"), freed("12A"))
                .coveringTypesOf(Seats.Event.class);
        schemas.check(true);
    }

    @Test
    void unchanged_schemas_pass() {
        schemas.check();
    }

    @Test
    void an_update_writes_one_file_for_each_type_and_version() {
        assertThat(directory.resolve("seat.taken.v1.json")).hasContent("[\"12A\",\"Ann\"]");
        assertThat(directory.resolve("seat.freed.v1.json")).hasContent("[\"12A\",\"\"]");
    }

    @Test
    void a_type_that_no_file_name_can_hold_is_escaped() {
        Seats.Event odd = new Seats.Event("seat/taken: \u00e9", "1", "Ann");
        EventSchemas<Seats.Event> oddSchemas = schemas.withSamples(odd);

        oddSchemas.check(true);

        oddSchemas.check();
        assertThat(directory.resolve("seat%2Ftaken%3A%20%C3%A9.v1.json")).exists();
    }

    @Test
    void a_missing_golden_file_fails() throws IOException {
        Files.delete(directory.resolve("seat.taken.v1.json"));

        fails(
                "seat.taken version 1 has no golden file ",
                "seat.taken.v1.json. Write it with -Drecount.golden=update, and commit it.");
    }

    @Test
    void a_missing_sample_fails() throws IOException {
        Files.delete(directory.resolve("seat.freed.v1.json"));
        schemas = EventSchemas.in(directory, new Seats.Codec())
                .withSamples(taken("12A", "Ann"))
                .coveringTypesOf(Seats.Event.class);

        fails("seat.freed has neither a sample nor a golden file in ", "Give a sample event with withSamples(...).");
    }

    @Test
    void a_changed_encoding_fails() throws IOException {
        Files.writeString(directory.resolve("seat.taken.v1.json"), "[\"12A\", \"Ann\"]\n");

        fails(
                "seat.taken version 1 is encoded otherwise than its golden file ",
                "golden:  [\"12A\", \"Ann\"]\n  encoded: [\"12A\",\"Ann\"]",
                "register an upcaster");
    }

    @Test
    void an_older_version_that_no_longer_decodes_fails() throws IOException {
        Files.writeString(directory.resolve("seat.taken.v7.json"), "{}\n");

        fails(
                "seat.taken version 7 no longer decodes from its golden file ",
                "Event 1 of type seat.taken version 7 cannot be decoded: not a seat and a guest");
    }

    @Test
    void a_golden_file_that_is_not_json_fails() throws IOException {
        Files.writeString(directory.resolve("seat.taken.v2.json"), "[\"12A\",");

        fails("seat.taken version 2 no longer decodes from its golden file ");
    }

    @Test
    void all_problems_are_told_at_once() throws IOException {
        Files.delete(directory.resolve("seat.taken.v1.json"));
        Files.writeString(directory.resolve("seat.freed.v1.json"), "[\"other\",\"\"]");

        fails("seat.taken version 1 has no golden file", "seat.freed version 1 is encoded otherwise");
    }

    @Test
    void nothing_is_written_unasked() throws IOException {
        Path empty = directory.resolve("empty");

        assertThatExceptionOfType(AssertionFailedError.class).isThrownBy(() -> {
            EventSchemas.in(empty, new Seats.Codec()).withSamples(freed("1")).check();
        });

        assertThat(empty).doesNotExist();
    }

    @Test
    void two_samples_of_one_type_and_version_are_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> schemas.withSamples(freed("12B")).check())
                .withMessage("Two samples of seat.freed version 1. Give one for each type and version.");
    }

    private void fails(String... messages) {
        assertThatExceptionOfType(AssertionFailedError.class)
                .isThrownBy(() -> schemas.check())
                .satisfies(failure -> assertThat(failure.getMessage()).contains(messages));
    }
}
