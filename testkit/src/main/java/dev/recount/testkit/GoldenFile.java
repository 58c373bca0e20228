package dev.recount.testkit;

import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The file of one version of one event type. In the order of types, then versions. */
record GoldenFile(String type, int version) implements Comparable<GoldenFile> {

    private static final Pattern NAME = Pattern.compile("(.+)\\.v(\\d{1,9})\\.json");
    private static final String PLAIN = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-";
    private static final Comparator<GoldenFile> ORDER =
            Comparator.comparing(GoldenFile::type).thenComparingInt(GoldenFile::version);

    static List<GoldenFile> list(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.flatMap(file -> parse(file.getFileName().toString()).stream())
                    .sorted()
                    .toList();
        }
    }

    static String read(Path path) throws IOException {
        return Files.readString(path).strip();
    }

    Path in(Path directory) {
        return directory.resolve(escape(type) + ".v" + version + ".json");
    }

    private static Optional<GoldenFile> parse(String name) {
        Matcher matcher = NAME.matcher(name);
        return matcher.matches()
                ? Optional.of(new GoldenFile(unescape(matcher.group(1)), Integer.parseInt(matcher.group(2))))
                : Optional.empty();
    }

    private static String escape(String type) {
        StringBuilder name = new StringBuilder();
        for (byte b : type.getBytes(StandardCharsets.UTF_8)) {
            boolean plain = PLAIN.indexOf(b) >= 0;
            name.append(plain ? String.valueOf((char) b) : String.format("%%%02X", b & 0xff));
        }
        return name.toString();
    }

    private static String unescape(String name) {
        return URLDecoder.decode(name, StandardCharsets.UTF_8);
    }

    @Override
    public int compareTo(GoldenFile other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return type + " version " + version;
    }
}
