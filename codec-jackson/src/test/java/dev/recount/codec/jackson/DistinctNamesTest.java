package dev.recount.codec.jackson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class DistinctNamesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":1,\"a\":2}",
                "{\"a\":1,\"b\":2,\"a\":3}",
                "{\"a\":{\"b\":1,\"b\":2}}",
                "[{\"a\":1},{\"b\":{\"c\":[{\"d\":1,\"d\":2}]}}]",
                "{\"a\":{\"a\":1},\"b\":{},\"a\":2}",
                "{\"\\u0061\":1,\"a\":2}"
            })
    void a_name_that_comes_twice_in_an_object_is_refused_wherever_it_is(String json) {
        assertThatExceptionOfType(JsonParseException.class)
                .isThrownBy(() -> readAll(json))
                .withMessageContaining("Duplicate field");
        assertThatExceptionOfType(JsonParseException.class).isThrownBy(() -> skip(json));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":1,\"b\":{\"a\":1,\"b\":2},\"c\":[{\"a\":1},{\"a\":1}]}",
                "[{},{\"a\":1},{\"a\":2}]",
                "{\"a\":{\"a\":{\"a\":{}}},\"b\":{\"a\":{\"a\":{}}}}"
            })
    void the_same_name_in_different_objects_is_taken(String json) throws IOException {
        readAll(json);
        assertThat(skip(json)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {15, 16, 17, 40, 400})
    void an_object_of_many_names_is_checked_to_the_last(int names) throws IOException {
        String fields =
                IntStream.range(0, names).mapToObj(i -> "\"n" + i + "\":" + i).collect(Collectors.joining(","));
        readAll('{' + fields + '}');

        for (int twice : new int[] {0, names / 2, names - 1}) {
            assertThatExceptionOfType(JsonParseException.class)
                    .isThrownBy(() -> readAll('{' + fields + ",\"n" + twice + "\":0}"))
                    .withMessageContaining("'n" + twice + "'");
        }
    }

    @Test
    void random_names_are_refused_exactly_where_one_comes_again() throws IOException {
        Random random = new Random(3);
        for (int i = 0; i < 2_000; i++) {
            int[] names = random.ints(1 + random.nextInt(24), 0, 200).toArray();
            String json =
                    IntStream.of(names).mapToObj(n -> "\"k" + n + "\":0").collect(Collectors.joining(",", "{", "}"));
            if (IntStream.of(names).distinct().count() == names.length) {
                readAll(json);
            } else {
                assertThatExceptionOfType(JsonParseException.class).isThrownBy(() -> readAll(json));
            }
        }
    }

    private static void readAll(String json) throws IOException {
        try (JsonParser parser = parser(json)) {
            while (parser.nextToken() != null) {
                assertThat(parser.currentToken()).isNotNull();
            }
        }
    }

    private static boolean skip(String json) throws IOException {
        try (JsonParser parser = parser(json)) {
            parser.nextToken();
            parser.skipChildren();
            return parser.nextToken() == null;
        }
    }

    private static JsonParser parser(String json) throws IOException {
        return new DistinctNames(StrictMapper.factory().createParser(json));
    }
}
