package dev.recount.examples.changefeed;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import dev.recount.event.StoredEvent;
import dev.recount.feed.EventJson;
import java.util.List;

/**
 * A change as the clients of this daemon know it: {@code {"seq","projectId","sessionId"?,"type","payload","createdAt"}}. It knows no
 * types, so one that comes later goes through it as it is. Immutable.
 */
final class ChangeJson implements EventJson {

    private static final JsonMapper JSON = new JsonMapper();

    @Override
    public String of(String rig, StoredEvent event) {
        ObjectNode change = JSON.createObjectNode().put("seq", event.sequence());
        event.tags().value("project").ifPresent(project -> change.put("projectId", project));
        List<String> sessions = event.tags().values("session");
        if (sessions.size() == 1) {
            change.put("sessionId", sessions.get(0));
        }
        return change.put("type", event.type())
                .putRawValue("payload", new RawValue(event.data()))
                .put("createdAt", event.storedAt().toString())
                .toString();
    }
}
