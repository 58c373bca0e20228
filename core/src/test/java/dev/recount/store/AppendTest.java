package dev.recount.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.recount.event.Metadata;
import dev.recount.event.NewEvent;
import dev.recount.event.StoredEvent;
import dev.recount.event.Tags;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class AppendTest {

    private static final NewEvent EVENT = NewEvent.of("a", "1");

    @Nested
    class Of {

        @Test
        void copies_the_events_and_has_neither_condition_nor_receipt() {
            List<NewEvent> events = new ArrayList<>(List.of(EVENT));
            Append append = Append.of(events);

            events.clear();

            assertThat(append.events()).containsExactly(EVENT);
            assertThat(append.condition()).isEqualTo(AppendCondition.none());
            assertThat(append.receiptKey()).isEmpty();
            assertThat(append.fingerprint()).isEmpty();
        }

        @Test
        void keeps_condition_and_receipt_in_whatever_order_they_are_given() {
            AppendCondition condition =
                    AppendCondition.noneMatching(Query.all()).after(3);

            Append one = Append.of(List.of(EVENT)).when(condition).withReceipt("k");
            Append other = Append.of(List.of(EVENT)).withReceipt("k").when(condition);

            assertThat(one.condition()).isEqualTo(other.condition()).isEqualTo(condition);
            assertThat(one.receiptKey()).isEqualTo(other.receiptKey()).contains("k");
            assertThat(one.fingerprint()).isEqualTo(other.fingerprint()).isPresent();
        }
    }

    @Nested
    class Receipt_keys {

        @ParameterizedTest
        @ValueSource(strings = {"", " ", "\uD83D", "a\uDE00"})
        void that_are_blank_or_have_no_utf_8_form_are_refused(String key) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Append.of(List.of(EVENT)).withReceipt(key))
                    .withMessageStartingWith("Receipt key '" + key + "' ");
        }

        @Test
        void have_at_most_500_characters() {
            String longest = "k".repeat(500);

            assertThat(Append.of(List.of(EVENT)).withReceiptFor(longest, "c").receiptKey())
                    .contains(longest);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Append.of(List.of(EVENT)).withReceiptFor(longest + "k", "c"))
                    .withMessageContaining("has 501 characters");
        }
    }

    @Nested
    class Fingerprints {

        @Test
        void are_64_hexadecimal_digits_and_equal_for_equal_content() {
            assertThat(fingerprint(EVENT)).matches("[0-9a-f]{64}").isEqualTo(fingerprint(NewEvent.of("a", "1")));
            assertThat(forContent("take 12A")).matches("[0-9a-f]{64}").isEqualTo(forContent("take 12A"));
        }

        @Test
        void differ_for_any_two_lists_of_events_that_differ() {
            NewEvent tagged = EVENT.withTags(Tags.of("a", "1"));
            List<List<NewEvent>> lists = List.of(
                    List.of(),
                    List.of(EVENT),
                    List.of(EVENT, EVENT),
                    List.of(NewEvent.of("a", "11")),
                    List.of(NewEvent.of("a1", "1")),
                    List.of(NewEvent.of("a", "\"1\"")),
                    List.of(NewEvent.of("b", "1")),
                    List.of(EVENT, NewEvent.of("b", "1")),
                    List.of(NewEvent.of("b", "1"), EVENT),
                    List.of(EVENT.withVersion(11)),
                    List.of(EVENT.withVersion(2)),
                    List.of(tagged),
                    List.of(EVENT.withTags(Tags.of("a", "11"))),
                    List.of(EVENT.withTags(Tags.of("a", "1").and("b", "1"))),
                    List.of(EVENT.withOccurredAt(Instant.EPOCH)),
                    List.of(EVENT.withOccurredAt(Instant.EPOCH.plusNanos(1_000))),
                    List.of(NewEvent.of("a1 11 2", "1")),
                    List.of(NewEvent.of("a", "\"1 1 1\"")));

            Set<String> fingerprints = new HashSet<>();
            lists.forEach(events -> fingerprints.add(fingerprint(events.toArray(NewEvent[]::new))));

            assertThat(fingerprints).hasSize(lists.size());
        }

        @Test
        void do_not_depend_on_metadata() {
            assertThat(fingerprint(EVENT.withMetadata(Metadata.empty().withActor("b"))))
                    .isEqualTo(fingerprint(EVENT));
        }

        @Test
        void do_not_depend_on_how_another_writer_spelt_the_tags() {
            NewEvent written = EVENT.withTags(Tags.of("a", "1").and("b", "1"));
            NewEvent read = EVENT.withTags(Tags.ofJson("[ \"b:1\", \"\\u0061:1\" ]"));

            assertThat(read).isEqualTo(written);
            assertThat(fingerprint(read)).isEqualTo(fingerprint(written));
        }

        private String fingerprint(NewEvent... events) {
            return Append.of(List.of(events)).withReceipt("k").fingerprint().orElseThrow();
        }

        private String forContent(String content) {
            return Append.of(List.of())
                    .withReceiptFor("k", content)
                    .fingerprint()
                    .orElseThrow();
        }
    }

    @Nested
    class Receipts {

        private final Append append = Append.of(List.of(EVENT)).withReceipt("command-7");
        private final Receipt receipt =
                new Receipt("command-7", append.fingerprint().orElseThrow(), new Appended(4, 5, false));

        @Test
        void repeat_the_first_outcome_for_the_same_content() {
            assertThat(receipt.repeat(append)).isEqualTo(new Appended(4, 5, true));
        }

        @Test
        void refuse_other_content_and_none() {
            assertThatExceptionOfType(ReceiptConflict.class)
                    .isThrownBy(() -> receipt.repeat(append.withReceiptFor("command-7", "other")))
                    .withMessage(
                            "Receipt key 'command-7' was used before for other content, stored as sequences 4 to 5."
                                    + " Give each new command an id of its own.")
                    .satisfies(conflict -> assertThat(conflict.receipt()).isEqualTo(receipt));
            assertThatExceptionOfType(ReceiptConflict.class)
                    .isThrownBy(() -> receipt.repeat(Append.of(List.of(EVENT))));
        }

        @Test
        void of_no_event_say_so() {
            Receipt empty = new Receipt("k", "f", new Appended(6, 5, false));

            assertThat(empty.outcome().count()).isZero();
            assertThatExceptionOfType(ReceiptConflict.class)
                    .isThrownBy(() -> empty.repeat(append))
                    .withMessageContaining("stored as no event.");
        }
    }

    @Nested
    class Conditions {

        @Test
        void are_values() {
            AppendCondition condition = AppendCondition.noneMatching(Query.tagged("seat", "12A"));

            assertThat(condition.after()).isZero();
            assertThat(condition.after(412))
                    .isEqualTo(AppendCondition.noneMatching(Query.tagged("seat", "12A"))
                            .after(412));
            assertThat(condition.after(412))
                    .isNotEqualTo(condition)
                    .hasToString("no any type tagged seat:12A after sequence 412");
            assertThat(condition.isNone()).isFalse();
            assertThat(AppendCondition.none().isNone()).isTrue();
            assertThat(AppendCondition.none()).hasToString("no condition");
        }

        @Test
        void below_sequence_0_are_refused() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> AppendCondition.none().after(-1))
                    .withMessage("Sequence after -1 is below 0. Sequences count from 1; 0 is before the first event.");
        }

        @Test
        void that_failed_say_what_was_stored_where_and_what_to_do() {
            AppendCondition condition =
                    AppendCondition.noneMatching(Query.tagged("bead", "gt-1")).after(412);

            AppendConditionFailed failed =
                    new AppendConditionFailed(condition, stored(418, "bead.closed", Tags.of("bead", "gt-1")));

            assertThat(failed)
                    .hasMessage("Append rejected: bead.closed tagged bead:gt-1 was stored at sequence 418,"
                            + " after 412 which this decision read. Read again and decide again.");
            assertThat(failed.condition()).isEqualTo(condition);
            assertThat(failed.conflicting().sequence()).isEqualTo(418);
        }

        @Test
        void that_failed_on_an_event_without_tags_name_its_type_alone() {
            assertThat(new AppendConditionFailed(
                            AppendCondition.noneMatching(Query.all()), stored(1, "a", Tags.none())))
                    .hasMessageStartingWith("Append rejected: a was stored at sequence 1, after 0 which");
        }

        private StoredEvent stored(long sequence, String type, Tags tags) {
            return new StoredEvent(sequence, type, 1, tags, "{}", Metadata.empty(), Instant.EPOCH, Instant.EPOCH);
        }
    }

    @Test
    void a_closed_store_is_named() {
        assertThat(new StoreClosed("rig.db")).hasMessage("The event store rig.db is closed. Open it again to go on.");
    }
}
