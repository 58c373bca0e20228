package dev.recount.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recount.event.Tags;
import dev.recount.store.Query.Item;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class QueryTest {

    private static final Query A1 = Query.tagged("a", "1");
    private static final Query B1 = Query.tagged("b", "1");
    private static final Query X = Query.ofTypes("x");
    private static final Query XY = Query.ofTypes("x", "y");

    static Stream<Arguments> matches() {
        return Stream.of(
                Arguments.of(Query.all(), "x", "", true),
                Arguments.of(Query.none(), "x", "a:1", false),
                Arguments.of(A1, "x", "a:1", true),
                Arguments.of(A1, "x", "a:1 b:1", true),
                Arguments.of(A1, "x", "a:2", false),
                Arguments.of(A1, "x", "", false),
                Arguments.of(A1.and(B1), "x", "a:1 b:1 c:1", true),
                Arguments.of(A1.and(B1), "x", "a:1", false),
                Arguments.of(Query.taggedWithAll(Tags.of("a", "1").and("a", "2")), "x", "a:1", false),
                Arguments.of(Query.taggedWithAll(Tags.of("a", "1").and("a", "2")), "x", "a:1 a:2", true),
                Arguments.of(A1.or(B1), "x", "a:1", true),
                Arguments.of(A1.or(B1), "x", "b:1", true),
                Arguments.of(A1.or(B1), "x", "c:1", false),
                Arguments.of(XY, "x", "", true),
                Arguments.of(XY, "y", "a:1", true),
                Arguments.of(XY, "z", "a:1", false),
                Arguments.of(XY.and(A1), "x", "a:1", true),
                Arguments.of(XY.and(A1), "x", "b:1", false),
                Arguments.of(XY.and(A1), "z", "a:1", false),
                Arguments.of(X.and(A1).or(B1), "z", "b:1", true),
                Arguments.of(X.and(A1).or(B1), "x", "a:2", false));
    }

    @ParameterizedTest
    @MethodSource
    void matches(Query query, String type, String tags, boolean expected) {
        assertThat(query.matches(type, tags(tags))).isEqualTo(expected);
    }

    private static Tags tags(String texts) {
        return texts.isEmpty() ? Tags.none() : Tags.parse(List.of(texts.split(" ")));
    }

    @Nested
    class Or {

        @Test
        void keeps_the_order_in_which_the_items_were_given_and_each_once() {
            Query query = B1.or(A1).or(X).or(B1);

            assertThat(query.items())
                    .containsExactly(
                            new Item(Set.of(), Tags.of("b", "1")),
                            new Item(Set.of(), Tags.of("a", "1")),
                            new Item(Set.of("x"), Tags.none()));
        }

        @Test
        void with_everything_is_everything_and_with_nothing_is_itself() {
            assertThat(A1.or(Query.all())).isEqualTo(Query.all());
            assertThat(A1.or(Query.none())).isEqualTo(A1);
            assertThat(Query.none().or(Query.none())).isEqualTo(Query.none());
            assertThat(A1.or(Query.all()).isAll()).isTrue();
        }
    }

    @Nested
    class And {

        @Test
        void of_disjoint_types_finds_nothing() {
            assertThat(X.and(Query.ofTypes("y"))).isEqualTo(Query.none());
            assertThat(X.and(Query.ofTypes("y")).items()).isEmpty();
        }

        @Test
        void of_overlapping_types_keeps_what_they_share() {
            assertThat(XY.and(Query.ofTypes("y", "z"))).isEqualTo(Query.ofTypes("y"));
        }

        @Test
        void with_everything_is_itself_and_with_nothing_is_nothing() {
            assertThat(A1.and(Query.all())).isEqualTo(A1);
            assertThat(Query.all().and(A1)).isEqualTo(A1);
            assertThat(A1.and(Query.none())).isEqualTo(Query.none());
            assertThat(Query.all().and(Query.all()).isAll()).isTrue();
        }

        @Test
        void distributes_over_the_items_of_both() {
            Query both = A1.or(X).and(B1.or(Query.ofTypes("y")));

            assertThat(both.items())
                    .containsExactly(
                            new Item(Set.of(), Tags.of("a", "1").and("b", "1")),
                            new Item(Set.of("y"), Tags.of("a", "1")),
                            new Item(Set.of("x"), Tags.of("b", "1")));
        }
    }

    @Nested
    class Equality {

        @Test
        void does_not_depend_on_the_order_of_items_types_and_tags() {
            assertThat(A1.or(B1)).isEqualTo(B1.or(A1)).hasSameHashCodeAs(B1.or(A1));
            assertThat(Query.ofTypes("y", "x", "x")).isEqualTo(XY).hasSameHashCodeAs(XY);
            assertThat(A1.and(B1)).isEqualTo(B1.and(A1));
            assertThat(A1).isNotEqualTo(B1).isNotEqualTo(X).isNotEqualTo(A1.or(B1));
        }

        @Test
        void of_no_tags_is_everything_and_of_no_types_is_nothing() {
            assertThat(Query.taggedWithAll(Tags.none())).isEqualTo(Query.all());
            assertThat(Query.ofTypes(Set.of())).isEqualTo(Query.none());
        }

        @Test
        void an_item_copies_its_types_in_natural_order() {
            Set<String> types = new TreeSet<>(Set.of("y", "x"));
            Item item = new Item(types, Tags.none());

            types.clear();

            assertThat(item.types()).containsExactly("x", "y");
        }
    }

    @Test
    void reads_as_a_sentence() {
        assertThat(Query.all()).hasToString("any event");
        assertThat(Query.none()).hasToString("no event");
        assertThat(XY.and(A1).and(B1).or(A1)).hasToString("x or y tagged a:1 and b:1, or any type tagged a:1");
    }

    @Test
    void or_and_and_agree_with_logic_for_any_queries() {
        long seed = 23;
        Random random = new Random(seed);
        for (int round = 0; round < 2_000; round++) {
            Query left = anyQuery(random);
            Query right = anyQuery(random);
            String type = List.of("x", "y", "z").get(random.nextInt(3));
            Tags tags = anyTags(random);

            boolean inLeft = left.matches(type, tags);
            boolean inRight = right.matches(type, tags);

            String what = "seed " + seed + " round " + round + ": " + left + " / " + right + " / " + type + " " + tags;
            assertThat(left.or(right).matches(type, tags)).as(what).isEqualTo(inLeft || inRight);
            assertThat(left.and(right).matches(type, tags)).as(what).isEqualTo(inLeft && inRight);
        }
    }

    private static Query anyQuery(Random random) {
        return switch (random.nextInt(7)) {
            case 0 -> Query.all();
            case 1 -> Query.none();
            case 2 -> anyQuery(random).or(anyQuery(random));
            case 3 -> anyQuery(random).and(anyQuery(random));
            case 4 -> Query.ofTypes(random.nextBoolean() ? Set.of("x") : Set.of("x", "y"));
            default -> Query.taggedWithAll(anyTags(random));
        };
    }

    private static Tags anyTags(Random random) {
        Tags tags = Tags.none();
        for (int i = random.nextInt(3); i > 0; i--) {
            tags = tags.and(random.nextBoolean() ? "a" : "b", String.valueOf(random.nextInt(2)));
        }
        return tags;
    }
}
