package dev.recount.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recount.codec.jackson.JacksonCodec;
import dev.recount.decider.Projector;
import dev.recount.examples.quickstart.SeatCommand.FreeSeat;
import dev.recount.examples.quickstart.SeatCommand.TakeSeat;
import dev.recount.examples.quickstart.SeatEvent.SeatFreed;
import dev.recount.examples.quickstart.SeatEvent.SeatTaken;
import dev.recount.testkit.DeciderLaws;
import dev.recount.testkit.DeciderSpec;
import dev.recount.testkit.EventSchemas;
import dev.recount.testkit.ProjectorSpec;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** The samples of testkit, run; each asserts by itself. One more is {@link MemoryStoreTest}. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class TestkitSamplesTest {

    @Test
    void a_decider_is_tested_as_a_table_of_facts() {
        DeciderSpec.of(new SeatDecider())
                .given(new SeatTaken("12A", "Ann"))
                .when(new FreeSeat("12A"))
                .then(new SeatFreed("12A"));

        DeciderSpec.of(new SeatDecider())
                .given(new SeatTaken("12A", "Ada"))
                .when(new TakeSeat("12A", "Bob"))
                .thenRejected(SeatAlreadyTaken.class);
    }

    @Test
    void the_laws_of_a_decider_are_tested_on_random_histories() {
        DeciderLaws.of(new SeatDecider(), (random, seats) -> new TakeSeat("seat" + random.nextInt(3), "Ann"))
                .check();
    }

    @Test
    void a_projector_is_tested_as_a_table_of_facts() {
        Projector<Integer, SeatEvent> taken = Projector.<Integer, SeatEvent>startingWith(0)
                .on(SeatTaken.class, (seats, event) -> seats + 1)
                .on(SeatFreed.class, (seats, event) -> seats - 1);

        ProjectorSpec.of(taken)
                .given(new SeatTaken("12A", "Ann"), new SeatFreed("12A"))
                .then(0);
    }

    @Test
    void golden_files_hold_what_is_stored() {
        EventSchemas.in(Path.of("src/test/golden"), JacksonCodec.of(SeatEvent.class))
                .withSamples(new SeatTaken("12A", "Ann"), new SeatFreed("12A"))
                .coveringTypesOf(SeatEvent.class)
                .check();

        assertThat(Path.of("src/test/golden/seat.taken.v1.json")).content().contains("\"seat\":\"12A\"");
    }
}
