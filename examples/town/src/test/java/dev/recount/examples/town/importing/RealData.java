package dev.recount.examples.town.importing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** The real logs that lie beside the project, where they do. */
final class RealData {

    private RealData() {}

    /** A file or folder of the data; without it the test says so and stops. */
    static Path require(String name) {
        Path data = projectRoot().resolveSibling("shared").resolve("data").resolve(name);
        boolean present = Files.exists(data);
        assumeTrue(present, () -> "The real data " + name + " is not beside the project");
        return data;
    }

    private static Path projectRoot() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("mvnw"))) {
            folder = folder.getParent();
        }
        return folder;
    }
}
