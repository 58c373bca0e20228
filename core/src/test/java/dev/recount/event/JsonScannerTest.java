package dev.recount.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class JsonScannerTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "\"\"",
                "0",
                "-0",
                "7",
                "-12",
                "1.5",
                "0.0",
                "1e5",
                "1E+5",
                "-0.1e-10",
                "123456789012345678901234567890",
                "true",
                "false",
                "null",
                " \t{ \"a\" : [ 1 , 2 ] }\t ",
                "{\"a\":{\"b\":[{},[],null]}}",
                "{\"\":1,\"\":2}",
                "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"",
                "\"\\u0000\"",
                "\"\\uD83D\"",
                "\"\\ud83d\\ude00\"",
                "\"\uD83D\uDE00\"",
                "\"\u007f\u0085\u2028\"",
                "[1e999]",
                "\"{]\""
            })
    void one_value_on_one_line_is_accepted(String text) {
        assertThatNoException().isThrownBy(() -> JsonScanner.requireOneValue(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "}",
                "[",
                "]",
                "[1",
                "[1,",
                "[1,]",
                "[,1]",
                "[1 2]",
                "{\"a\"}",
                "{\"a\":}",
                "{\"a\":1,}",
                "{,}",
                "{a:1}",
                "{1:1}",
                "{\"a\":1 \"b\":2}",
                "{'a':1}",
                "'a'",
                "\"",
                "\"a",
                "\"\\",
                "\"\\\"",
                "\"\\x\"",
                "\"\\u12\"",
                "\"\\u12g4\"",
                "\"\\u\uFF11234\"",
                "01",
                "-01",
                "00",
                "1.",
                ".5",
                "+1",
                "-",
                "- 1",
                "1e",
                "1e+",
                "0x1",
                "1_0",
                "NaN",
                "Infinity",
                "-Infinity",
                "tru",
                "True",
                "nul",
                "truefalse",
                "1 2",
                "{} {}",
                "[] ,",
                "\uFEFF{}",
                "// c",
                "[1]//",
                "\u00a01",
                "\f1",
                "\u0661",
                "\n",
                "{\"a\":\n1}",
                "{}\n",
                "[\r]",
                "\"a\nb\"",
                "\"a\tb\"",
                "\"\u0000\"",
                "\u0000",
                "1\u0000",
                "\"\uD83D\"",
                "\"\uDE00\"",
                "\"\uDE00\uD83D\"",
                "\"\uD83D" + "\\ude00\"",
                "{\"\uD83D\":1}"
            })
    void anything_else_is_refused_with_the_place_and_what_to_give(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> JsonScanner.requireOneValue(text))
                .withMessageStartingWith("This text is not one JSON value on one line: it ")
                .withMessageContaining(" at offset ")
                .withMessageEndingWith("Give well-formed JSON without line breaks.");
    }

    @Test
    void a_thousand_levels_are_accepted_and_one_more_is_refused() {
        assertThatNoException().isThrownBy(() -> JsonScanner.requireOneValue(nested(1_000, "")));
        assertThatNoException().isThrownBy(() -> JsonScanner.requireOneValue(nested(1_000, "7")));

        for (String inside : List.of("", "7", "{}")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> JsonScanner.requireOneValue(nested(1_001, inside)))
                    .withMessageContaining("is nested deeper than 1000 levels at offset 1000");
        }
    }

    @Test
    void the_deepest_text_needs_no_more_of_a_threads_stack_than_any_other() throws Exception {
        AtomicReference<Throwable> failure = new AtomicReference<>();
        Runnable task = () -> JsonScanner.requireOneValue(nested(1_000, ""));
        Thread small = new Thread(null, task, "small", 1);
        small.setUncaughtExceptionHandler((thread, thrown) -> failure.set(thrown));
        small.start();
        small.join();

        assertThat(failure.get()).isNull();
    }

    @Test
    void a_very_deep_text_is_refused_without_exhausting_the_stack() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> JsonScanner.requireOneValue("{\"a\":".repeat(1_000_000)))
                .withMessageContaining("nested deeper");
    }

    @Test
    void a_refusal_shows_only_the_start_of_a_long_text() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> JsonScanner.requireOneValue("[" + "1,".repeat(10_000)))
                .satisfies(refusal -> assertThat(refusal.getMessage()).hasSizeLessThan(300));
    }

    private static String nested(int levels, String inside) {
        return "[".repeat(levels) + inside + "]".repeat(levels);
    }
}
