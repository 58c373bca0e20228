package dev.recount.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class PackedEventsTest {

    private static PackedEvents packed(long... sequences) {
        PackedEvents.Builder events = PackedEvents.over("1,{}|2,[]|3,{}|4,[]|".getBytes(UTF_8), 4);
        for (int i = 0; i < sequences.length; i++) {
            events.add(sequences[i], "type" + i, i + 1, 5 * i + 2, 5 * i + 4);
        }
        return events.build();
    }

    @Test
    void they_are_told_by_index() {
        PackedEvents events = packed(7, 8);

        assertThat(events.size()).isEqualTo(2);
        assertThat(events.type(1)).isEqualTo("type1");
        assertThat(events.version(1)).isEqualTo(2);
        assertThat(events.data(0)).isEqualTo("{}");
        assertThat(events.data(1)).isEqualTo("[]");
        assertThat(events).hasToString("2 packed events from sequence 7");
    }

    @Test
    void between_their_data_and_behind_there_are_only_spaces() {
        assertThat(new String(packed(7, 8).utf8(), UTF_8)).isEqualTo("  {}   []           ");
    }

    @Test
    void sequences_are_kept_with_and_without_gaps() {
        for (long[] sequences : new long[][] {{7, 8, 9, 10}, {1, 3, 4, 9}, {5, 6, 7, 1L << 40}, {3}}) {
            PackedEvents events = packed(sequences);

            assertThat(IntStream.range(0, events.size()).mapToLong(events::sequence))
                    .containsExactly(box(sequences));
        }
    }

    private static Long[] box(long[] sequences) {
        return java.util.Arrays.stream(sequences).boxed().toArray(Long[]::new);
    }
}
