package dev.recount.examples.changefeed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import dev.recount.codec.UndecodableEvent;
import dev.recount.command.CommandHandler;
import dev.recount.command.Outcome;
import dev.recount.event.EventType;
import dev.recount.event.Metadata;
import dev.recount.event.StoredEvent;
import dev.recount.event.Tags;
import dev.recount.feed.FeedRefused;
import dev.recount.store.EventStore;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * {@code POST /api/v1/commands/create_session} and so on: one command, whose fields are the body. With the header {@code Idempotency-Key} a
 * repetition stores nothing more.
 */
final class Commands implements JsonEndpoint.Answer {

    static final String PATH = "/api/v1/commands/";

    private static final int LONGEST_BODY = 64 * 1024;
    private static final JsonMapper JSON = new JsonMapper();
    private static final SortedMap<String, List<String>> COMMANDS = fieldsByName();

    private final CommandHandler<WorkCommand, WorkEvent> handler;
    private final InstantSource clock;

    Commands(EventStore store, InstantSource clock) {
        this.handler = WorkLog.commands(store);
        this.clock = clock;
    }

    /** What a command led to: how many events, and the sequence of the last. Immutable. */
    record Done(int events, long seq, boolean repeated) {}

    @Override
    public Done to(HttpExchange exchange) throws IOException {
        String type = JsonEndpoint.below(PATH, exchange);
        ObjectNode fields = fields(body(exchange));
        // As it was sent: a repetition is the same request, whenever it comes.
        String sent = type + " " + fields;
        WorkCommand command = command(type, fields);
        String key = exchange.getRequestHeaders().getFirst("Idempotency-Key");
        Outcome<WorkEvent> outcome = handler.withReceiptContent(any -> sent)
                .handle(
                        command,
                        key == null ? Metadata.empty() : Metadata.empty().withCommandId(key));
        return new Done(
                outcome.events().size(),
                outcome.appended().last(),
                outcome.appended().repeated());
    }

    private static byte[] body(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readNBytes(LONGEST_BODY + 1);
        if (body.length > LONGEST_BODY) {
            String message = "A command has at most " + LONGEST_BODY + " bytes. Send less.";
            throw FeedRefused.of(413, "COMMAND_TOO_LONG", message);
        }
        return body;
    }

    // A command's name and fields are written as an event's are, so the codec reads them, too.
    private WorkCommand command(String type, ObjectNode fields) {
        try {
            if (!fields.has("occurredAt")) {
                fields.put("occurredAt", clock.instant().toString());
            }
            List<WorkCommand> commands = WorkLog.commandCodec()
                    .decode(new StoredEvent(
                            1,
                            type,
                            1,
                            Tags.none(),
                            fields.toString(),
                            Metadata.empty(),
                            Instant.EPOCH,
                            Instant.EPOCH));
            return commands.get(0);
        } catch (UndecodableEvent e) {
            throw FeedRefused.badRequest("INVALID_COMMAND", problem(type, e)).with("command", type);
        }
    }

    // The codec speaks to those who program with it; a client of the daemon can only send something else.
    private static String problem(String type, UndecodableEvent undecodable) {
        if (undecodable.isUnknownType()) {
            return "There is no command '" + type + "'. Send one of " + COMMANDS.keySet() + ".";
        }
        return "The body is not what " + type + " needs: " + COMMANDS.get(type)
                + ", with values of their kinds. Send these; occurredAt may be left out.";
    }

    private static SortedMap<String, List<String>> fieldsByName() {
        SortedMap<String, List<String>> commands = new TreeMap<>();
        for (Class<?> command : WorkCommand.class.getDeclaredClasses()) {
            EventType name = command.getAnnotation(EventType.class);
            if (name != null) {
                commands.put(
                        name.value(),
                        Arrays.stream(command.getRecordComponents())
                                .map(RecordComponent::getName)
                                .toList());
            }
        }
        return commands;
    }

    private static ObjectNode fields(byte[] body) throws IOException {
        JsonNode fields;
        try {
            fields = JSON.readTree(body);
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            fields = null;
        }
        if (fields instanceof ObjectNode object) {
            return object;
        }
        throw FeedRefused.badRequest("INVALID_COMMAND", "The body is no JSON object. Send the command's fields.");
    }
}
