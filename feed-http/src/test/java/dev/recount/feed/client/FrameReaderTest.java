package dev.recount.feed.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules by which browsers read a stream. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class FrameReaderTest {

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r", "\r\n"})
    void a_line_ends_in_any_of_three_ways(String end) throws IOException {
        String stream = "id: 1\nevent: a\ndata: {}\n\nid: 2\n\ndata: x\n\n".replace("\n", end);

        assertThat(read(stream)).containsExactly(new Frame("1", "{}"), new Frame("2", null), new Frame(null, "x"));
    }

    @Test
    void a_frame_is_given_at_its_last_return_without_waiting_for_what_may_follow() throws IOException {
        assertThat(read("data: x\r\r")).containsExactly(new Frame(null, "x"));
        assertThat(read("data: x\r\n\r")).containsExactly(new Frame(null, "x"));
    }

    @Test
    void data_of_several_lines_is_joined_by_line_ends() throws IOException {
        assertThat(read("data: a\ndata:b\ndata\ndata:  c\n\n")).containsExactly(new Frame(null, "a\nb\n\n c"));
    }

    @Test
    void comments_unknown_fields_and_blank_lines_are_passed_over() throws IOException {
        assertThat(read(": still here\n\n\n:\nfoo: bar\n data: x\n\ndata: y\n\n"))
                .containsExactly(new Frame(null, "y"));
    }

    @Test
    void a_byte_order_mark_is_passed_over_at_the_beginning_alone() throws IOException {
        assertThat(read("\uFEFFdata: x\n\n\uFEFFdata: y\n\n")).containsExactly(new Frame(null, "x"));
    }

    @Test
    void an_id_with_nul_is_none() throws IOException {
        assertThat(read("id: 1\0\ndata: x\n\n")).containsExactly(new Frame(null, "x"));
        assertThat(read("id: 1\nid: 2\0\n\n")).containsExactly(new Frame("1", null));
    }

    @Test
    void an_empty_id_is_one() throws IOException {
        assertThat(read("id\ndata: x\n\n")).containsExactly(new Frame("", "x"));
    }

    @Test
    void a_frame_that_was_cut_off_is_none() throws IOException {
        assertThat(read("id: 1\n\nid: 2\ndata: x\n")).containsExactly(new Frame("1", null));
    }

    @Test
    void a_wait_is_taken_only_where_it_is_a_number() throws IOException {
        FrameReader reader = new FrameReader();
        assertThat(reader.retryMillis()).isEmpty();

        reader.read(bytes("retry: 250\n\nretry: 3s\n\nretry: -1\nretry:\nretry: 99999999999\n"), frame -> {});

        assertThat(reader.retryMillis()).hasValue(250);
    }

    @Test
    void pieces_of_any_size_read_the_same() throws IOException {
        String stream =
                "\uFEFFretry: 5\r\n\r\nid: 1\r\rdata: tö\uD83D\uDE00\ndata: b\r\n\r\n: c\n\nid: 2\ndata: x\r\n\n";
        byte[] all = stream.getBytes(UTF_8);
        List<Frame> whole = read(stream);
        assertThat(whole).hasSize(3);

        for (int size = 1; size < all.length; size++) {
            FrameReader reader = new FrameReader();
            List<Frame> frames = new ArrayList<>();
            for (int start = 0; start < all.length; start += size) {
                reader.read(ByteBuffer.wrap(all, start, Math.min(size, all.length - start)), frames::add);
            }
            assertThat(frames).as("pieces of %d", size).isEqualTo(whole);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"data: 1234567890", "data: 123456\ndata: 567890\n", "no line end at all"})
    void a_frame_without_end_is_given_up(String stream) {
        FrameReader reader = new FrameReader(12);

        assertThatThrownBy(() -> reader.read(bytes(stream + "\n\n"), frame -> {}))
                .isInstanceOfSatisfying(
                        UnusableFeed.class, e -> assertThat(e.code()).isEqualTo("FRAME_TOO_LONG"))
                .hasMessageContaining("more than 12 bytes");
    }

    private static List<Frame> read(String stream) throws IOException {
        List<Frame> frames = new ArrayList<>();
        new FrameReader().read(bytes(stream), frames::add);
        return frames;
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(UTF_8));
    }
}
