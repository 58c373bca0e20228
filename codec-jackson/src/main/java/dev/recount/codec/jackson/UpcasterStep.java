package dev.recount.codec.jackson;

import dev.recount.codec.UndecodableEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** An upcaster and where it stands: what it reads, and which other types it may lead to. */
record UpcasterStep(String type, int fromVersion, Upcaster upcaster, Set<String> intoOtherTypes) {

    UpcasterStep {
        if (fromVersion < 1) {
            throw new IllegalArgumentException(
                    "The upcaster of " + type + " from version " + fromVersion + " is below 1. Count from 1.");
        }
    }

    /** What the event, which must be in the version that this step reads, leads to. */
    List<JsonEvent> apply(JsonEvent event) {
        List<JsonEvent> results = new ArrayList<>();
        for (JsonEvent result : results(event)) {
            results.add(result.isOf(event) ? result.as(type, fromVersion + 1) : requireForward(result));
        }
        return results;
    }

    // Whatever a user's function throws concerns this event alone.
    private List<JsonEvent> results(JsonEvent event) {
        try {
            return List.copyOf(upcaster.upcast(event));
        } catch (RuntimeException e) {
            throw UndecodableEvent.unreadable(event.stored(), "its " + this + " failed: " + JsonProblem.reason(e), e);
        }
    }

    private JsonEvent requireForward(JsonEvent result) {
        boolean forward = result.type().equals(type) ? result.version() > fromVersion : leadsTo(result.type());
        if (!forward) {
            throw UndecodableEvent.unreadable(
                    result.stored(),
                    "its " + this + " gave " + result.type() + " version " + result.version()
                            + ", which is neither a newer version nor a type it was registered to lead to",
                    null);
        }
        return result;
    }

    private boolean leadsTo(String other) {
        return intoOtherTypes.contains(other);
    }

    @Override
    public String toString() {
        return "upcaster of " + type + " from version " + fromVersion;
    }
}
