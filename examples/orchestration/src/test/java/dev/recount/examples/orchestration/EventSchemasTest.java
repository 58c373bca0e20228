package dev.recount.examples.orchestration;

import dev.recount.testkit.EventSchemas;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class EventSchemasTest {

    @Test
    void P17_every_event_that_was_ever_stored_still_decodes() {
        EventSchemas.in(Path.of("src/test/golden"), OrchestrationLog.codec())
                .withSamples(samples())
                .coveringTypesOf(OrchestrationEvent.class)
                .check();
    }

    /** The first event of each class that a fact leads to. */
    private static List<OrchestrationEvent> samples() {
        Map<Class<?>, OrchestrationEvent> first = new LinkedHashMap<>();
        Facts.all().stream()
                .flatMap(fact -> fact.then().stream())
                .forEach(event -> first.putIfAbsent(event.getClass(), event));
        return List.copyOf(first.values());
    }
}
