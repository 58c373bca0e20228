package dev.recount.feed;

import dev.recount.store.EventStoreException;
import dev.recount.store.StoreUnavailable;
import java.util.Map;
import java.util.TreeMap;

/** What clients are told of rigs that cannot be read: nothing of the inside. */
final class BrokenRigs {

    private BrokenRigs() {}

    /** Adds {@code "broken":[{"rig","code","message"}]}, by the names of the rigs. */
    static StringBuilder json(StringBuilder to, Map<String, EventStoreException> broken) {
        to.append("\"broken\":[");
        String comma = "";
        for (Map.Entry<String, EventStoreException> rig : new TreeMap<>(broken).entrySet()) {
            JsonText.string(to.append(comma).append("{\"rig\":"), rig.getKey());
            JsonText.string(to.append(",\"code\":"), code(rig.getValue()));
            JsonText.string(to.append(",\"message\":"), message(rig.getValue())).append('}');
            comma = ",";
        }
        return to.append(']');
    }

    private static String code(EventStoreException why) {
        return why instanceof StoreUnavailable ? "STORE_UNAVAILABLE" : "LOG_CORRUPT";
    }

    private static String message(EventStoreException why) {
        return why instanceof StoreUnavailable
                ? "The log cannot be read now. It is tried again."
                : "The log is damaged. Its events come when it is repaired.";
    }
}
