package dev.recount.store.sqlite;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two events, packed: {@code 3|1|1|2|a|{}} and {@code 5|2|1|2|b|[]}, with the separator written as a bar. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PackedRowsTest {

    private static final Window WINDOW = new Window(2, 5, 10, false);

    @Test
    void events_are_taken_apart_by_the_lengths_of_their_texts() {
        PackedRows rows = packed("3|1|3|3|a|1|\"|\"5|-2|0|2||[]", 2);

        assertThat(rows.isWhole()).isTrue();
        assertThat(rows.size()).isEqualTo(2);
        assertThat(rows.sequence(1)).isEqualTo(5);
        assertThat(rows.version(1)).isEqualTo(-2);
        assertThat(text(rows, 0, 0)).isEqualTo("a\u001f1");
        assertThat(text(rows, 1, 0)).isEmpty();
        assertThat(text(rows, 1, 1)).isEqualTo("[]");
    }

    @Test
    void what_comes_before_an_event_too_large_to_be_packed_is_given() {
        PackedRows rows = packed("3|1|1|2|a|{}!!", 3);

        assertThat(rows.isWhole()).isFalse();
        assertThat(rows.size()).isEqualTo(1);
        assertThat(packed("!5|1|1|2|a|{}", 2).size()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "3|1|1|2|a|{}",
                "3|1|1|2|a|{}5|1|1|2|b|[]6|1|1|2|b|[]",
                "3|1|1|2|a|{}5|1|1|2|b|[",
                "3|1|1|2|a|{}5|1|1|3|b|[]",
                "3|1|1|2|a|{}5|1|1|1|b|[]",
                "3|1|1|2|a|{}5|1|1|-2|b|[]",
                "3|1|1|2|a|{}5|1|1|99999999999|b|[]",
                "3|1|1|2|a|{}5|1|x|2|b|[]",
                "3|1|1|2|a|{}5|1|1",
                "3|1|1|2|a|{}3|1|1|2|b|[]",
                "4|1|1|2|a|{}3|1|1|2|b|[]",
                "2|1|1|2|a|{}3|1|1|2|b|[]",
                "3|1|1|2|a|{}6|1|1|2|b|[]",
                ""
            })
    void nothing_of_a_value_that_does_not_fit_is_used(String value) {
        PackedRows rows = packed(value, 2);

        assertThat(rows.isWhole()).isFalse();
        assertThat(rows.size()).isZero();
    }

    @Test
    void newest_first_the_sequences_go_down() {
        byte[] bytes = bytes("5|1|1|2|a|{}3|1|1|2|b|[]");

        assertThat(PackedRows.of(bytes, 2, EventForm.DATA, new Window(2, 5, 10, true))
                        .isWhole())
                .isTrue();
        assertThat(PackedRows.of(bytes, 2, EventForm.DATA, WINDOW).isWhole()).isFalse();
    }

    @Test
    void bytes_are_well_formed_where_a_strict_decoder_takes_them() {
        Random random = new Random(41);
        int[] telling = {
            0x00, 0x41, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc1, 0xc2, 0xdf, 0xe0, 0xed, 0xef, 0xf0, 0xf4, 0xf5,
            0xff
        };
        for (int i = 0; i < 200_000; i++) {
            byte[] bytes = new byte[1 + random.nextInt(20)];
            int odd = random.nextInt(bytes.length);
            for (int at = 0; at < bytes.length; at++) {
                bytes[at] = (byte) (at < odd ? 'a' : telling[random.nextInt(telling.length)]);
            }
            bytes[bytes.length - 1] = random.nextBoolean() ? (byte) 'z' : bytes[bytes.length - 1];

            assertThat(Utf8.isWellFormed(bytes)).as("round %d", i).isEqualTo(isDecodable(bytes));
        }
        assertThat(Utf8.isWellFormed("caf\u00e9 \u4e16\u754c \uD83D\uDE80 and plain".getBytes(UTF_8)))
                .isTrue();
    }

    private static boolean isDecodable(byte[] bytes) {
        try {
            UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    private static PackedRows packed(String value, int count) {
        return PackedRows.of(bytes(value), count, EventForm.DATA, WINDOW);
    }

    private static byte[] bytes(String value) {
        return value.replace('|', '\u001f').getBytes(UTF_8);
    }

    private static String text(PackedRows rows, int row, int text) {
        int start = rows.start(row, text);
        return new String(rows.bytes(), start, rows.end(row, text) - start, UTF_8);
    }
}
