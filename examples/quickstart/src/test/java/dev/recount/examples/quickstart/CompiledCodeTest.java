package dev.recount.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class CompiledCodeTest {

    private final CompiledCode code =
            CompiledCode.of(List.of("""
            package theatre;

            /** Not code: seats.close(); */
            @Test
            void a_test() {
                Seats seats = theatre
                        .seats("row 1"); // seats.clear();
                /* seats.sell(); */
                String page = "seats.paint();";
                seats.take("12A");
            }
            """, "class Theatre { @Override public String toString() { return \"//\"; } }"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Seats seats = theatre.seats(\"row 1\");",
                "Seats seats = theatre.seats(\"row 1\");\nString page = \"seats.paint();\"; // paints\nseats.take( \"12A\" );",
                "void a_test() {Seats seats = theatre.seats(\"row 1\");",
                "public String toString() { return \"//\"; }",
                "@Override\npublic String toString() {\n    return \"//\";\n}",
            })
    void it_holds_what_is_compiled_however_the_lines_are_broken(String sample) {
        assertThat(code.holds(sample)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "seats.give(\"12A\");", // made up
                "seats.take(\"12B\");", // another value
                "seats.take(\"12 A\");", // white space in a text
                "String toString() { return \"/\"; }",
                "seats.close();", // in Javadoc
                "seats.clear();", // in a comment to the end of the line
                "seats.sell();", // in a comment
                "seats.paint();", // in a text
                "theatre.seats(\"row 1\");", // the end of a statement
                "theatre.seats(\"row 1\")", // an expression
                "Seats seats = theatre", // the beginning of a statement
                "seats.take(\"12A\"); ...",
                "seats.take(\"12A\"); } class Theatre {}", // over the end of a file
                "",
            })
    void it_does_not_hold_what_is_not_compiled(String sample) {
        assertThat(code.holds(sample)).isFalse();
    }
}
