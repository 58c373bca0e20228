package dev.recount.examples.quickstart;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** A sample of Java code, and the page that shows it. */
record Sample(Path page, String code) {

    private static final Pattern BLOCK = Pattern.compile("```java");
    private static final Pattern FENCED = Pattern.compile("(?ms)^ *```java\\R(.*?)^ *```$");
    private static final Pattern PREFORMATTED = Pattern.compile("<pre");
    private static final Pattern JAVADOC = Pattern.compile("(?s)<pre>\\{@code\\R(.*?)\\}</pre>");
    private static final Pattern ASTERISKS = Pattern.compile("(?m)^ *\\*");

    /** The samples of a Markdown page, in order. */
    static List<Sample> ofMarkdown(Path page) {
        return samples(page, BLOCK, FENCED);
    }

    /** The samples in a source's Javadoc, in order. */
    static List<Sample> ofJavadoc(Path source) {
        return samples(source, PREFORMATTED, JAVADOC).stream()
                .map(sample ->
                        new Sample(source, ASTERISKS.matcher(sample.code()).replaceAll("")))
                .toList();
    }

    // What looks like a sample has to be one, or it would go unseen.
    private static List<Sample> samples(Path page, Pattern likely, Pattern whole) {
        String text = read(page);
        List<Sample> samples = whole.matcher(text)
                .results()
                .map(found -> new Sample(page, found.group(1)))
                .toList();
        long expected = likely.matcher(text).results().count();
        if (samples.size() != expected) {
            throw new AssertionError(page + " has " + expected + " times " + likely + ", but " + samples.size()
                    + " samples. Write each of them as " + whole + ".");
        }
        return samples;
    }

    private static String read(Path page) {
        try {
            return Files.readString(page);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
