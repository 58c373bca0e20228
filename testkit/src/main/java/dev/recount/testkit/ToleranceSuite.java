package dev.recount.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.recount.event.Metadata;
import dev.recount.event.NewEvent;
import dev.recount.event.StoredEvent;
import dev.recount.event.Tags;
import dev.recount.store.Query;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A store keeps every event as it was given, whatever its type, text and size. */
abstract class ToleranceSuite extends ContractSuite {

    // Whatever tends to be taken for a separator, a wildcard, an end or an escape.
    private static final List<String> ODD_TEXTS = List.of(
            "a:b::c",
            "it's \"quoted\"",
            "100%_of\\all",
            "back\\slash\\",
            "[\"x\"],{}",
            " leading and trailing ",
            "caf\u00e9 \u00df \u4e16\u754c",
            "\uD83D\uDE80\uD83D\uDC69\u200D\uD83D\uDCBB",
            "line\u2028and\u2029separator",
            "\ufeffbom",
            "';DROP TABLE events;--",
            "$1 ?1 :name @x {0}",
            "null");

    ToleranceSuite(EventStoreContract contract) {
        super(contract);
    }

    @Test
    void any_type_is_kept_and_found() {
        for (String type : ODD_TEXTS) {
            append(NewEvent.of(type, "{}"));
        }
        reopen();

        assertEquals(ODD_TEXTS, types(readAll()));
        for (String type : ODD_TEXTS) {
            assertEquals(List.of(type), types(readAll(Query.ofTypes(type))));
        }
    }

    @Test
    void any_tag_value_is_kept_and_found() {
        for (String value : ODD_TEXTS) {
            append(NewEvent.of("tagged", "{}").withTags(Tags.of("key", value)));
        }
        reopen();

        for (int i = 0; i < ODD_TEXTS.size(); i++) {
            List<StoredEvent> found = readAll(Query.tagged("key", ODD_TEXTS.get(i)));
            assertEquals(List.of(i + 1L), sequences(found), ODD_TEXTS.get(i));
            assertEquals(Tags.of("key", ODD_TEXTS.get(i)), found.get(0).tags());
        }
    }

    @Test
    void tags_are_told_apart_to_the_letter() {
        append(NewEvent.of("tagged", "{}").withTags(Tags.of("key", "value")));

        for (String other : List.of("Value", "value ", " value", "valu", "values", "val_e", "v%", "value:")) {
            assertEquals(List.of(), readAll(Query.tagged("key", other)), other);
        }
        assertEquals(List.of(), readAll(Query.tagged("Key", "value")));
        assertEquals(List.of(), readAll(Query.ofTypes("Tagged")));
    }

    @Test
    void many_tags_are_kept_in_their_order() {
        Tags tags = Tags.none();
        for (int i = 0; i < 200; i++) {
            tags = tags.and("label", "l" + i).and("key" + i, "x");
        }

        append(NewEvent.of("labelled", "{}").withTags(tags));
        reopen();

        assertEquals(tags, readAll(Query.taggedWithAll(tags)).get(0).tags());
    }

    @Test
    void any_json_value_is_kept_to_the_letter() {
        List<String> values = List.of(
                "{}",
                "[]",
                "null",
                "true",
                "-0.0",
                "12345678901234567890.123456789012345678901234567890",
                "1E400",
                "\"\"",
                "\"\\u0000 and \\u001f\\n\\t\\\\ \\/ \\uD83D\\uDE80\"",
                "\"\uD83D\uDE80 \u2028 \u2029 \u4e16\"",
                "{\"b\": 1,   \"a\": [ 1, 2 ] }",
                "{\"it's\":\"100% 'quoted'\"}");

        values.forEach(value -> append(NewEvent.of("kept", value)));
        reopen();

        assertEquals(values, readAll().stream().map(StoredEvent::data).toList());
    }

    @Test
    void a_megabyte_of_data_is_kept() {
        String large = "\"" + "0123456789abcde\u00e9".repeat(1 << 16) + "\"";

        append(NewEvent.of("before", "{}"), NewEvent.of("large", large), NewEvent.of("after", "{}"));
        reopen();

        List<StoredEvent> events = readAll();
        assertEquals(List.of("before", "large", "after"), types(events));
        assertEquals(large, events.get(1).data());
    }

    @Test
    void metadata_is_kept() {
        Metadata metadata = Metadata.empty()
                .withCommandId("c-1")
                .withCausationId("e-2")
                .withCorrelationId("k-3")
                .withActor("mayor");
        for (int i = 0; i < ODD_TEXTS.size(); i++) {
            metadata = metadata.with("odd" + i, ODD_TEXTS.get(i));
        }
        metadata = metadata.with("empty", "").with("control", "a\u0000b\nc\td\u001fe\u001ef");

        append(event("created").withMetadata(metadata));
        append(event("closed"));
        reopen();

        assertEquals(metadata, readAll().get(0).metadata());
        assertEquals(Metadata.empty(), readAll().get(1).metadata());
    }

    @Test
    void any_schema_version_is_kept() {
        append(event("created").withVersion(1), event("created").withVersion(Integer.MAX_VALUE));
        reopen();

        assertEquals(
                List.of(1, Integer.MAX_VALUE),
                readAll().stream().map(StoredEvent::version).toList());
    }
}
