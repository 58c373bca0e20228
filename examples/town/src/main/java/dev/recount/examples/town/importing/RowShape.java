package dev.recount.examples.town.importing;

import com.fasterxml.jackson.databind.JsonNode;
import dev.recount.examples.town.TownEvent;
import dev.recount.examples.town.TownState;
import java.util.List;

/** How the rows of one kind of log become events. */
interface RowShape {

    /** What identifies the row. */
    String id(JsonNode row);

    /** The bead that it is about. */
    String bead(JsonNode row);

    /** The bead, and another one that it was until the row. */
    default List<String> beads(JsonNode row) {
        return List.of(bead(row));
    }

    /**
     * The events of a row, after those before it have led to {@code town}; at least one.
     *
     * @throws Unresolvable where the row does not say what happened
     */
    List<TownEvent> events(JsonNode row, TownState town);

    /** Whether the row brings a view of the bead that is newer than the row. */
    default boolean contradictsItsTime(JsonNode row) {
        return false;
    }

    /** The shape of a row. */
    static RowShape of(JsonNode row) {
        if (row.has("seq") && row.has("bead_id")) {
            return new HistoryRows();
        }
        if (row.has("event_type") && row.has("issue_id")) {
            return new AuditRows();
        }
        throw new Unresolvable("it has neither event_type and issue_id nor seq and bead_id");
    }
}
