package dev.recount.feed.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads what Jackson reads, refuses what Jackson refuses, and keeps the texts as they are. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class JsonMembersTest {

    private static final ObjectMapper JACKSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    @Test
    void members_keep_their_texts() {
        assertThat(JsonMembers.of(
                        " { \"a\" : { \"b\" : [1.50, \"]}\\\"\"] } ,\"c\":\"\\u00e9\\n\",\"\\u0064\":-0.0e+1 }"))
                .isEqualTo(Map.of(
                        "a", "{ \"b\" : [1.50, \"]}\\\"\"] }",
                        "c", "\"\\u00e9\\n\"",
                        "d", "-0.0e+1"));
        assertThat(JsonMembers.of("{}")).isEmpty();
        assertThat(JsonMembers.elements("[1, [2], \"3\"]")).containsExactly("1", "[2]", "\"3\"");
        assertThat(JsonMembers.elements("[]")).isEmpty();
        assertThat(JsonMembers.string("\"\\\"\\u00e9\\\\\"")).isEqualTo("\"é\\");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "}",
                "[]",
                "1",
                "null",
                "{}{}",
                "{\"a\"}",
                "{\"a\":}",
                "{\"a\":1,}",
                "{,}",
                "{\"a\":1 2}",
                "{\"a\":\"",
                "{\"a\":\"\\",
                "{\"a\":[}",
                "{\"a\":[1}",
                "{\"a\":{]}}",
                "{a:1}",
                "{\"a\":01}",
                "{\"a\":tru}",
                "{1:1}",
                "{\"a\":\"\\x\"}",
                "{\"a\":\"\t\"}",
                "{\"a\"::1}",
                "{\"a\":1:2}"
            })
    void what_is_no_object_is_refused(String json) {
        assertThatThrownBy(() -> JsonMembers.of(json)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void data_as_deep_as_a_store_takes_is_read() {
        String deep = "[".repeat(1_000) + "]".repeat(1_000);

        assertThat(JsonMembers.of("{\"data\":" + deep + "}")).containsEntry("data", deep);
    }

    @Test
    void random_objects_read_as_jackson_reads_them() throws JsonProcessingException {
        for (long seed = 0; seed < 1_000; seed++) {
            String json = new RandomJson(new Random(seed)).object(0);
            Map<String, JsonNode> expected = new HashMap<>();
            JACKSON.readTree(json).properties().forEach(e -> expected.put(e.getKey(), e.getValue()));

            Map<String, JsonNode> read = new HashMap<>();
            for (var member : JsonMembers.of(json).entrySet()) {
                read.put(member.getKey(), JACKSON.readTree(member.getValue()));
                assertThat(json).as("seed %d", seed).contains(member.getValue());
            }

            assertThat(read).as("seed %d: %s", seed, json).isEqualTo(expected);
        }
    }

    @Test
    void broken_objects_are_refused_where_jackson_refuses_them() {
        int refused = 0;
        for (long seed = 0; seed < 2_000; seed++) {
            Random random = new Random(seed);
            // As it comes over a wire, where there is no half of a surrogate pair.
            String json =
                    new String(broken(new RandomJson(random).object(0), random).getBytes(UTF_8), UTF_8);
            boolean reads = reads(json);

            assertThat(reads).as("seed %d: %s", seed, json).isEqualTo(jacksonReads(json));
            refused += reads ? 0 : 1;
        }
        assertThat(refused).isBetween(500, 1_950);
    }

    private static String broken(String json, Random random) {
        int at = random.nextInt(json.length());
        String odd = "{}[]\",:\\0-.e tn".substring(random.nextInt(14)).substring(0, 1);
        return switch (random.nextInt(3)) {
            case 0 -> json.substring(0, at) + json.substring(at + 1);
            case 1 -> json.substring(0, at) + odd + json.substring(at);
            default -> json.substring(0, at);
        };
    }

    private static boolean reads(String json) {
        try {
            return JsonMembers.of(json) != null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static boolean jacksonReads(String json) {
        try {
            return JACKSON.readTree(json) != null && JACKSON.readTree(json).isObject();
        } catch (JsonProcessingException e) {
            return false;
        }
    }

    /** Any JSON, with white space where it may be. */
    private record RandomJson(Random random) {

        String object(int depth) {
            StringBuilder json = new StringBuilder(space()).append('{').append(space());
            int members = random.nextInt(5);
            for (int i = 0; i < members; i++) {
                json.append(i == 0 ? "" : ",").append(space()).append(string()).append(space());
                json.append(':').append(space()).append(value(depth + 1)).append(space());
            }
            return json.append('}').append(space()).toString();
        }

        private String value(int depth) {
            return switch (random.nextInt(depth > 4 ? 5 : 7)) {
                case 0 -> "null";
                case 1 -> random.nextBoolean() ? "true" : "false";
                case 2 -> Integer.toString(random.nextInt());
                case 3 -> random.nextInt(100) + "." + random.nextInt(1_000) + (random.nextBoolean() ? "e-7" : "E2");
                case 4 -> string();
                case 5 -> object(depth);
                default -> array(depth);
            };
        }

        private String array(int depth) {
            StringBuilder json = new StringBuilder("[").append(space());
            int elements = random.nextInt(4);
            for (int i = 0; i < elements; i++) {
                json.append(i == 0 ? "" : ",")
                        .append(space())
                        .append(value(depth + 1))
                        .append(space());
            }
            return json.append(']').toString();
        }

        private String string() {
            String[] parts = {"a", "é", "\\\"", "\\\\", "\\u0041", "\\n", "{", "]", ",", ":", " ", "\uD83D\uDE00", "\\/"
            };
            StringBuilder string = new StringBuilder("\"");
            for (int i = random.nextInt(6); i > 0; i--) {
                string.append(parts[random.nextInt(parts.length)]);
            }
            return string.append('"').toString();
        }

        private String space() {
            return " \t ".substring(0, random.nextInt(10) == 0 ? random.nextInt(4) : 0);
        }
    }
}
