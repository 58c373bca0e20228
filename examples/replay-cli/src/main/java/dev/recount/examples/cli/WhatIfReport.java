package dev.recount.examples.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.recount.codec.EventCodec;
import dev.recount.event.NewEvent;
import dev.recount.examples.cli.output.Json;
import dev.recount.examples.cli.output.Paint;
import dev.recount.examples.cli.output.Terminal;
import dev.recount.replay.DifferentDecision;
import dev.recount.replay.WhatIfResult;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What other rules would have decided, for people and for programs.
 *
 * @param model the name of the model
 * @param against the name of the other rules
 * @param commands writes the commands as they were recorded
 */
record WhatIfReport(String model, String against, EventCodec<Object> commands) {

    void writeJson(Terminal terminal, WhatIfResult<Object> result) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("model", model);
        fields.put("against", against);
        fields.put("sequence", result.sequence());
        fields.put("decisions", result.decisions());
        fields.put("same", result.same());
        fields.put("differing", result.differing().stream().map(this::fields).toList());
        fields.put("withoutCommand", result.withoutCommand());
        fields.put("incomparable", result.incomparable());
        fields.put("problems", result.problems());
        Json.write(terminal, fields);
    }

    void print(Terminal terminal, WhatIfResult<Object> result) {
        Paint paint = terminal.paint();
        result.differing().forEach(decision -> print(terminal, decision));
        long listed = result.differing().size();
        long different = result.decisions() - result.same();
        if (different > listed) {
            terminal.line(String.format(Locale.ROOT, "and %,d more that differ", different - listed));
        }
        result.problems()
                .forEach(problem -> terminal.line(paint.bad("not compared") + "  " + problem.sequence() + ' '
                        + Printable.text(problem.reason())));
        terminal.line(
                (result.isSame() ? paint.good("same") : paint.bad("different")) + "  " + summary(result, different));
    }

    private void print(Terminal terminal, DifferentDecision<Object> decision) {
        Paint paint = terminal.paint();
        terminal.line(
                paint.bad("differs") + "  " + decision.sequence() + ' ' + line(commands.encode(decision.command())));
        decision.stored().forEach(event -> terminal.line("  stored   " + line(event.type(), event.data())));
        decision.decided().forEach(event -> terminal.line("  decided  " + line(event)));
        decision.rejected()
                .ifPresent(rejected -> terminal.line(
                        "  refused  " + rejected.code() + ' ' + Printable.text(String.valueOf(rejected.getMessage()))));
        decision.failure().ifPresent(failure -> terminal.line("  failed   " + Printable.text(failure.toString())));
        if (decision.thrown() == null && decision.decided().isEmpty()) {
            terminal.line("  decided  nothing");
        }
    }

    private String summary(WhatIfResult<Object> result, long different) {
        String sum = String.format(
                Locale.ROOT,
                "%,d of %,d decisions up to sequence %d would have been others by %s.",
                different,
                result.decisions(),
                result.sequence(),
                against);
        String without = String.format(Locale.ROOT, " %,d events have no recorded command.", result.withoutCommand());
        String unread = String.format(Locale.ROOT, " %,d decisions could not be compared.", result.incomparable());
        return sum + (result.withoutCommand() == 0 ? "" : without) + (result.incomparable() == 0 ? "" : unread);
    }

    private Map<String, Object> fields(DifferentDecision<Object> decision) {
        NewEvent command = commands.encode(decision.command());
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("sequence", decision.sequence());
        fields.put("command", form(command.type(), command.version(), command.data()));
        fields.put(
                "stored",
                decision.stored().stream()
                        .map(event -> form(event.type(), event.version(), event.data()))
                        .toList());
        fields.put(
                "decided",
                decision.decided().stream()
                        .map(event -> form(event.type(), event.version(), event.data()))
                        .toList());
        fields.put(
                "rejected",
                decision.rejected()
                        .map(no -> Map.of("code", no.code(), "message", String.valueOf(no.getMessage())))
                        .orElse(null));
        fields.put("failed", decision.failure().map(Throwable::toString).orElse(null));
        return fields;
    }

    private static Map<String, Object> form(String type, int version, String data) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("type", type);
        fields.put("version", version);
        fields.put("data", tree(data));
        return fields;
    }

    // A log may have been changed by hand: what is no JSON comes as a text.
    private static JsonNode tree(String data) {
        try {
            return Json.read(data);
        } catch (JsonProcessingException e) {
            return TextNode.valueOf(data);
        }
    }

    private static String line(NewEvent event) {
        return line(event.type(), event.data());
    }

    private static String line(String type, String data) {
        return Printable.text(type) + ' ' + Printable.text(data);
    }
}
