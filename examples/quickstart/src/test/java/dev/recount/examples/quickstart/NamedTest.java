package dev.recount.examples.quickstart;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A test that a table of rows names as the proof of one: {@code ClassTest}, {@code ClassTest.a_method}, {@code ClassTest.Nested.a_method}; or
 * only {@code a_method} or {@code .a_method}, of the class that was named before it. Immutable.
 *
 * @param page the page of the table
 * @param row what the row is called
 * @param path the class and what is in it
 * @param modules the folders in whose tests it may be: that of the page, and those that the row names
 */
record NamedTest(Path page, String row, List<String> path, List<Path> modules) {

    private static final Pattern ROW = Pattern.compile("\\| ([A-Z]\\d+(?:, [A-Z]\\d+)*) \\|.*\\|([^|]+)\\|");
    private static final Pattern QUOTED = Pattern.compile("`([^`]+)`");
    private static final Pattern CLASS = Pattern.compile("[A-Z]\\w*?[a-z]\\w*");

    NamedTest {
        path = List.copyOf(path);
        modules = List.copyOf(modules);
    }

    /** Those of all rows of a page. */
    static List<NamedTest> in(Path page, Path root) {
        List<NamedTest> tests = new ArrayList<>();
        try {
            for (String line : Files.readAllLines(page)) {
                Matcher row = ROW.matcher(line);
                if (row.matches()) {
                    addTests(page, row.group(1), row.group(2), root, tests);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return tests;
    }

    private static void addTests(Path page, String row, String cell, Path root, List<NamedTest> tests) {
        List<Path> modules = new ArrayList<>(List.of(page.resolveSibling("")));
        List<List<String>> paths = new ArrayList<>();
        String inClass = "";
        for (String word :
                QUOTED.matcher(cell).results().map(found -> found.group(1)).toList()) {
            List<String> path = new ArrayList<>(Arrays.asList(word.split("\\.", -1)));
            if (Files.exists(root.resolve(word + "/pom.xml"))) {
                modules.add(root.resolve(word));
            } else if (Files.exists(root.resolve("examples/" + word + "/pom.xml"))) {
                modules.add(root.resolve("examples/" + word));
            } else {
                boolean isNew =
                        !path.get(0).contains("_") && CLASS.matcher(path.get(0)).matches();
                inClass = isNew ? path.remove(0) : inClass;
                path.removeIf(String::isEmpty);
                path.add(0, inClass);
                paths.add(path);
            }
        }
        paths.forEach(path -> tests.add(new NamedTest(page, row, path, modules)));
    }

    /** Whether its class is among the tests of the modules, and what it names in it. */
    boolean exists() {
        return modules.stream().flatMap(this::sources).anyMatch(this::isIn);
    }

    private Stream<Path> sources(Path module) {
        try {
            return DocumentationTest.files(module.resolve("src/test/java"), '/' + path.get(0) + ".java").stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean isIn(Path source) {
        try {
            String code = Files.readString(source);
            return path.stream()
                    .skip(1)
                    .allMatch(name -> Pattern.compile("(class " + name + "\\b|\\w[\\w<>, .]* " + name + "\\()")
                            .matcher(code)
                            .find());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return page + ", row " + row + ": " + String.join(".", path);
    }
}
