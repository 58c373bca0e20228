package dev.recount.codec.jackson;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import java.util.regex.Pattern;

/** Says in one short line, and in words of its own, why JSON could not be read or written. */
final class JsonProblem {

    private static final int MAX_LENGTH = 200;
    // Advice on Jackson's settings, which no user of this codec can follow.
    private static final Pattern ADVICE = Pattern.compile(
            "\\s*\\((?:set|but could|but might|enable|start marker|through reference)[^)]*\\)|: not allowed as per `[^`]*`|: enable `[^`]*` to allow|"
                    + "\\s*\\([^)]*?no Creators[^)]*\\)");
    private static final Pattern JACKSON = Pattern.compile("`?com\\.fasterxml\\.[\\w.$]+`?");

    private JsonProblem() {}

    static String reason(Exception problem) {
        String path = problem instanceof JsonMappingException mapping ? path(mapping) : "";
        String text = oneLine(text(problem));
        return path.isEmpty() ? text : path + ": " + text;
    }

    private static String text(Exception problem) {
        if (problem.getCause() != null && isOurs(problem)) {
            return messageOf(problem.getCause());
        }
        if (problem instanceof JsonProcessingException json) {
            return String.valueOf(json.getOriginalMessage()) + column(json);
        }
        return messageOf(problem);
    }

    // Then the cause is the record's own constructor, or a check of this codec.
    private static boolean isOurs(Exception problem) {
        return problem instanceof ValueInstantiationException || problem.getCause() instanceof IllegalArgumentException;
    }

    private static String messageOf(Throwable problem) {
        String message = problem.getMessage();
        return message == null ? problem.getClass().getSimpleName() : message;
    }

    // A path says where better than a column does.
    private static String column(JsonProcessingException json) {
        boolean hasPath = json instanceof JsonMappingException mapping
                && !mapping.getPath().isEmpty();
        return hasPath || json.getLocation() == null
                ? ""
                : " at column " + json.getLocation().getColumnNr();
    }

    private static String path(JsonMappingException problem) {
        StringBuilder path = new StringBuilder();
        for (JsonMappingException.Reference step : problem.getPath()) {
            if (step.getFieldName() == null) {
                path.append('[').append(step.getIndex()).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(step.getFieldName());
            }
        }
        return shortened(path.toString().replaceAll("\\s+", " "));
    }

    private static String oneLine(String message) {
        String plain = ADVICE.matcher(message).replaceAll("");
        plain = JACKSON.matcher(plain).replaceAll("the reader");
        plain = shortened(plain.replaceAll("[\\s\\p{Cntrl}]+", " ").strip());
        return plain.endsWith(".") ? plain.substring(0, plain.length() - 1) : plain;
    }

    private static String shortened(String text) {
        return text.length() <= MAX_LENGTH ? text : text.substring(0, MAX_LENGTH) + "...";
    }
}
