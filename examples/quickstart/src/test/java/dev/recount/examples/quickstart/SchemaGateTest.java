package dev.recount.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.recount.codec.jackson.EventMapping;
import dev.recount.codec.jackson.JacksonCodec;
import dev.recount.codec.jackson.Upcaster;
import dev.recount.testkit.EventSchemas;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.AssertionFailedError;

/** The golden files of an earlier release stop a build that could no longer read what that release stored, and say why. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class SchemaGateTest {

    @TempDir
    Path golden;

    interface Booking {}

    enum Cabin {
        FIRST,
        COACH
    }

    enum SmallerCabin {
        COACH
    }

    record Booked(String seat, int price, Cabin cabin) implements Booking {}

    record Cancelled(String seat) implements Booking {}

    record RenamedField(String chair, int price, Cabin cabin) implements Booking {}

    record OtherType(String seat, boolean price, Cabin cabin) implements Booking {}

    record LostConstant(String seat, int price, SmallerCabin cabin) implements Booking {}

    record LostField(String seat, int price) implements Booking {}

    record FurtherField(String seat, int price, Cabin cabin, String guest) implements Booking {}

    record OptionalField(
            String seat, int price, Cabin cabin, @Nullable String guest) implements Booking {}

    @BeforeEach
    void theGoldenFilesOfAnEarlierRelease() throws IOException {
        golden("booked.v2", "{\"seat\":\"12A\",\"price\":150,\"cabin\":\"FIRST\"}");
        golden("booked.v1", "{\"chair\":\"12A\",\"price\":150,\"cabin\":\"FIRST\"}");
        golden("reserved.v2", "{\"seat\":\"12A\",\"price\":150,\"cabin\":\"FIRST\"}");
        golden("cancelled.v1", "{\"seat\":\"12A\"}");
    }

    private void golden(String name, String data) throws IOException {
        Files.writeString(golden.resolve(name + ".json"), data + "\n");
    }

    private static EventMapping<? extends Booking> booked(Class<? extends Booking> type) {
        return EventMapping.of("booked", type).withVersion(2).withAliases("reserved");
    }

    private static JacksonCodec<Booking> with(Class<? extends Booking> type) {
        return JacksonCodec.builder(Booking.class)
                .type(booked(type))
                .type("cancelled", Cancelled.class)
                .upcaster("booked", 1, Upcaster.ofData(json -> json.renamed("chair", "seat")))
                .build();
    }

    private void passes(JacksonCodec<Booking> codec) {
        EventSchemas.in(golden, codec).check();
    }

    private void stops(JacksonCodec<Booking> codec, String... reasons) {
        assertThatExceptionOfType(AssertionFailedError.class)
                .isThrownBy(() -> passes(codec))
                .satisfies(failure -> assertThat(failure.getMessage()).contains(reasons));
    }

    @Test
    void an_unchanged_family_passes() {
        passes(with(Booked.class));
        EventSchemas.in(golden, with(Booked.class))
                .withSamples(new Booked("12A", 150, Cabin.FIRST), new Cancelled("12A"))
                .coveringTypesOf(Booking.class)
                .check();
    }

    @Test
    void a_removed_type_stops_it() {
        JacksonCodec<Booking> codec = JacksonCodec.builder(Booking.class)
                .type(booked(Booked.class))
                .upcaster("booked", 1, Upcaster.ofData(json -> json.renamed("chair", "seat")))
                .build();

        stops(codec, "cancelled version 1 no longer decodes from its golden file", "cancelled.v1.json", "unknown");
    }

    @Test
    void a_renamed_field_stops_it() {
        stops(
                with(RenamedField.class),
                "booked version 2 is read as something else than its golden file says",
                "golden:  {\"seat\":\"12A\"",
                "read as: {\"price\":150,\"cabin\":\"FIRST\"}");
    }

    @Test
    void a_field_of_another_type_stops_it() {
        stops(with(OtherType.class), "booked version 2 no longer decodes", "booked.v2.json", "price");
    }

    @Test
    void a_removed_constant_stops_it() {
        stops(with(LostConstant.class), "booked version 2 no longer decodes", "booked.v2.json", "cabin", "FIRST");
    }

    @Test
    void a_removed_field_stops_it() {
        stops(
                with(LostField.class),
                "booked version 2 is read as something else than its golden file says",
                "read as: {\"seat\":\"12A\",\"price\":150}");
    }

    @Test
    void a_further_field_that_old_events_lack_stops_it() {
        stops(
                JacksonCodec.builder(Booking.class)
                        .type(EventMapping.of("booked", FurtherField.class)
                                .withVersion(3)
                                .withAliases("reserved"))
                        .type("cancelled", Cancelled.class)
                        .upcaster("booked", 1, Upcaster.ofData(json -> json.renamed("chair", "seat")))
                        .build(),
                "booked version 2 is read with nothing in 'guest' of FurtherField. Register an upcaster",
                "booked version 1 is read with nothing in 'guest' of FurtherField. Register an upcaster");
    }

    @Test
    void a_further_field_that_may_be_missing_passes() {
        passes(with(OptionalField.class));
    }

    @Test
    void a_missing_upcaster_stops_it() {
        JacksonCodec<Booking> codec = JacksonCodec.builder(Booking.class)
                .type(booked(Booked.class))
                .type("cancelled", Cancelled.class)
                .build();

        stops(
                codec,
                "booked version 1 is read with nothing in 'seat' of Booked. Register an upcaster that leads there from"
                        + " version 1, or mark it @Nullable where it may be missing.");
    }

    @Test
    void a_lost_alias_stops_it() {
        JacksonCodec<Booking> codec = JacksonCodec.builder(Booking.class)
                .type(EventMapping.of("booked", Booked.class).withVersion(2))
                .type("cancelled", Cancelled.class)
                .upcaster("booked", 1, Upcaster.ofData(json -> json.renamed("chair", "seat")))
                .build();

        stops(codec, "reserved version 2 no longer decodes", "reserved.v2.json", "unknown");
    }

    @Test
    void a_version_that_goes_back_stops_it() {
        JacksonCodec<Booking> codec = JacksonCodec.builder(Booking.class)
                .type(EventMapping.of("booked", Booked.class).withAliases("reserved"))
                .type("cancelled", Cancelled.class)
                .build();

        stops(codec, "booked version 2 no longer decodes", "booked.v2.json");
    }
}
