package dev.recount.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recount.event.NewEvent;
import dev.recount.event.StoredEvent;
import dev.recount.feed.EventJson;
import dev.recount.store.Append;
import dev.recount.store.EventStore;
import dev.recount.store.Query;
import dev.recount.store.ReadOptions;
import dev.recount.store.memory.MemoryEventStore;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** The samples of the form of events in a feed, run. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class EventJsonSamplesTest {

    @Test
    void a_host_gives_events_its_own_form() {
        EventStore store = MemoryEventStore.create();
        store.append(Append.of(List.of(NewEvent.of("bead.created", "{\"bead\":\"gt-1\"}"))));
        StoredEvent stored =
                store.read(Query.all(), ReadOptions.defaults()).events().get(0);

        EventJson withSentence = EventJson.standard().withText("sentence", event -> event.type() + " happened");
        EventJson ofOurOwn = (rig, event) -> "{\"seq\":" + event.sequence() + ",\"payload\":" + event.data() + "}";

        assertThat(withSentence.of("gastown", stored))
                .startsWith("{\"sequence\":1,\"rig\":\"gastown\",\"type\":\"bead.created\"")
                .endsWith(",\"sentence\":\"bead.created happened\"}");
        assertThat(ofOurOwn.of("gastown", stored)).isEqualTo("{\"seq\":1,\"payload\":{\"bead\":\"gt-1\"}}");
    }
}
