package dev.recount.store.sqlite;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Events packed as {@code 3|1|a|{}~5|2|b|[]}, with the separators of parts and of events written as a bar and a tilde. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PackedRowsTest {

    private static final Window WINDOW = new Window(2, 5, 10, false);

    @Test
    void events_are_taken_apart_at_their_separators() {
        PackedRows rows = packed("3|1|a b|\"\"~5|-2||[]", 2);

        assertThat(rows.isWhole()).isTrue();
        assertThat(rows.size()).isEqualTo(2);
        assertThat(rows.sequence(1)).isEqualTo(5);
        assertThat(rows.version(1)).isEqualTo(-2);
        assertThat(text(rows, 0, 0)).isEqualTo("a b");
        assertThat(text(rows, 0, 1)).isEqualTo("\"\"");
        assertThat(text(rows, 1, 0)).isEmpty();
        assertThat(text(rows, 1, 1)).isEqualTo("[]");
    }

    @Test
    void consecutive_events_need_no_sequence() {
        PackedRows rows = PackedRows.of(bytes("1|a|{}~2|b|[]"), 2, EventForm.CONSECUTIVE, WINDOW);

        assertThat(rows.isWhole()).isTrue();
        assertThat(rows.sequence(0)).isEqualTo(3);
        assertThat(rows.sequence(1)).isEqualTo(4);
        assertThat(rows.version(1)).isEqualTo(2);
        assertThat(text(rows, 1, 1)).isEqualTo("[]");
    }

    @Test
    void what_comes_before_an_event_too_large_to_be_packed_is_given() {
        PackedRows rows = packed("3|1|a|{}~!|||~!|||", 3);

        assertThat(rows.isWhole()).isFalse();
        assertThat(rows.size()).isEqualTo(1);
        assertThat(packed("!|||~5|1|a|{}", 2).size()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "3|1|a|{}",
                "3|1|a|{}~5|1|b|[]~6|1|b|[]",
                "3|1|a|{}~5|1|b|[]~",
                "3|1|a|{}~5|1|b",
                "3|1|a|{}|5|1|b|[]",
                "3|1|a~{}~5|1|b|[]",
                "3|1|a|1|{}~5|1|b|[]",
                "3|1|a~4|1|{}~5|1|b|[]",
                "!|||~5|1|b|[|]",
                "3|1|a|{}~3|1|b|[]",
                "4|1|a|{}~3|1|b|[]",
                "2|1|a|{}~3|1|b|[]",
                "3|1|a|{}~6|1|b|[]",
                "3|x|a|{}~5|1|b|[]",
                "3|1|a|{}~5 |1|b|[]",
                ""
            })
    void nothing_of_a_value_that_does_not_fit_is_used(String value) {
        PackedRows rows = packed(value, 2);

        assertThat(rows.isWhole()).isFalse();
        assertThat(rows.size()).isZero();
    }

    @Test
    void newest_first_the_sequences_go_down() {
        byte[] bytes = bytes("5|1|a|{}~3|1|b|[]");

        assertThat(PackedRows.of(bytes, 2, EventForm.DATA, new Window(2, 5, 10, true))
                        .isWhole())
                .isTrue();
        assertThat(PackedRows.of(bytes, 2, EventForm.DATA, WINDOW).isWhole()).isFalse();
    }

    @Test
    void separators_are_found_among_any_bytes() {
        Random random = new Random(19);
        for (int round = 0; round < 20_000; round++) {
            byte[] bytes = new byte[random.nextInt(40)];
            List<Integer> expected = new ArrayList<>();
            boolean ascii = true;
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) (random.nextInt(4) == 0 ? 0x1c + random.nextInt(6) : random.nextInt(256));
                ascii &= bytes[i] >= 0;
                if (bytes[i] == EventForm.PART || bytes[i] == EventForm.ROW) {
                    expected.add(i);
                }
            }

            Separators separators = new Separators(bytes);
            List<Integer> found = new ArrayList<>();
            for (int at = separators.next(); at >= 0; at = separators.next()) {
                found.add(at);
            }

            assertThat(found).as("round %d", round).isEqualTo(expected);
            assertThat(separators.sawAsciiOnly()).as("round %d", round).isEqualTo(ascii);
        }
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
        return value.replace('|', EventForm.PART).replace('~', EventForm.ROW).getBytes(UTF_8);
    }

    private static String text(PackedRows rows, int row, int text) {
        int start = rows.start(row, text);
        return new String(rows.bytes(), start, rows.end(row, text) - start, UTF_8);
    }
}
