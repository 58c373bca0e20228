package dev.recount.benchmarks.floor;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.recount.benchmarks.beads.BeadEvent;
import dev.recount.benchmarks.beads.BeadEvent.BeadClosed;
import dev.recount.benchmarks.beads.BeadEvent.BeadCommented;
import dev.recount.benchmarks.beads.BeadEvent.BeadCreated;
import dev.recount.benchmarks.beads.BeadEvent.BeadHooked;
import dev.recount.benchmarks.beads.BeadEvent.BeadLabelled;
import dev.recount.benchmarks.beads.BeadEvent.BeadUnhooked;
import dev.recount.benchmarks.beads.BeadEvent.StatusChanged;
import dev.recount.event.EventType;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** Plain Jackson, as it comes, for the events of beads. */
final class BeadReaders {

    private BeadReaders() {}

    /** What somebody writes who puts the type into the JSON. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = BeadCreated.class, name = "bead.created"),
        @JsonSubTypes.Type(value = StatusChanged.class, name = "bead.status-changed"),
        @JsonSubTypes.Type(value = BeadHooked.class, name = "bead.hooked"),
        @JsonSubTypes.Type(value = BeadUnhooked.class, name = "bead.unhooked"),
        @JsonSubTypes.Type(value = BeadLabelled.class, name = "bead.labelled"),
        @JsonSubTypes.Type(value = BeadCommented.class, name = "bead.commented"),
        @JsonSubTypes.Type(value = BeadClosed.class, name = "bead.closed")
    })
    private interface TypeInTheJson {}

    /** A mapper that finds the class by a property. */
    static ObjectMapper polymorphic() {
        return plain().addMixIn(BeadEvent.class, TypeInTheJson.class);
    }

    private static ObjectMapper plain() {
        return new ObjectMapper()
                .registerModule(new JavaTimeModule())
                .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS);
    }

    /** A reader for each type, chosen by a column of the row. */
    static Map<String, ObjectReader> byType() {
        ObjectMapper mapper = plain();
        Map<String, ObjectReader> readers = new HashMap<>();
        for (Class<?> type : BeadEvent.class.getPermittedSubclasses()) {
            String name =
                    Objects.requireNonNull(type.getAnnotation(EventType.class)).value();
            readers.put(name, mapper.readerFor(type));
        }
        return readers;
    }
}
