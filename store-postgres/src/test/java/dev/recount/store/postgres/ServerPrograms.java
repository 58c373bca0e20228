package dev.recount.store.postgres;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The programs of an installed PostgreSQL server, run as somebody who may run them: PostgreSQL refuses to be run by root. */
record ServerPrograms(Path folder) {

    private static final String FOLDER = "RECOUNT_POSTGRES_BIN";
    private static final Path DEBIAN = Path.of("/usr/lib/postgresql");
    private static final String OWNER = "postgres";

    /** The newest that are installed; skips the test where there are none on a machine that is not there to test. */
    static ServerPrograms find() {
        Optional<Path> found = candidates().filter(ServerPrograms::isWhole).findFirst();
        if (found.isEmpty() && "true".equals(System.getenv("CI"))) {
            throw new AssertionError("There is no PostgreSQL server in " + DEBIAN + ", on the PATH or in $" + FOLDER
                    + ", and CI has to test with one. Run apt-get install postgresql.");
        }
        assumeTrue(found.isPresent(), "No PostgreSQL server: apt-get install postgresql to test crashes and replicas.");
        return new ServerPrograms(found.orElseThrow());
    }

    private static Stream<Path> candidates() {
        return Stream.of(fromEnvironment(), debian(), onPath()).flatMap(folders -> folders);
    }

    private static Stream<Path> fromEnvironment() {
        return Stream.ofNullable(System.getenv(FOLDER)).map(Path::of);
    }

    private static Stream<Path> debian() {
        String[] versions = Objects.requireNonNullElse(DEBIAN.toFile().list(), new String[0]);
        return Arrays.stream(versions)
                .filter(version -> version.matches("\\d+"))
                .sorted(Comparator.<String>comparingInt(Integer::parseInt).reversed())
                .map(version -> DEBIAN.resolve(version).resolve("bin"));
    }

    private static Stream<Path> onPath() {
        String path = Objects.requireNonNullElse(System.getenv("PATH"), "");
        return Arrays.stream(path.split(File.pathSeparator, -1))
                .filter(folder -> !folder.isEmpty())
                .map(Path::of);
    }

    private static boolean isWhole(Path folder) {
        return Stream.of("postgres", "initdb", "pg_basebackup")
                .allMatch(program -> Files.isExecutable(folder.resolve(program)));
    }

    /** A folder that belongs to who runs them. */
    Path newFolder() throws IOException {
        Path folder = Files.createTempDirectory("recount-postgres");
        if (isRoot()) {
            Files.setOwner(
                    folder,
                    folder.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(OWNER));
        }
        return folder;
    }

    /** Runs one to its end; fails with what it said unless it succeeds. */
    void run(Path log, String program, Object... arguments) throws IOException, InterruptedException {
        Process process = start(log, program, arguments);
        try {
            if (!process.waitFor(2, TimeUnit.MINUTES) || process.exitValue() != 0) {
                throw new AssertionError(program + " failed: " + Files.readString(log));
            }
        } finally {
            process.destroyForcibly();
        }
    }

    /** Starts one, which adds what it says to a file. */
    Process start(Path log, String program, Object... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        if (isRoot()) {
            // Becomes the program itself, so that a signal to the process reaches it.
            command.addAll(List.of("setpriv", "--reuid=" + OWNER, "--regid=" + OWNER, "--clear-groups"));
        }
        command.add(folder.resolve(program).toString());
        Stream.of(arguments).map(Object::toString).forEach(command::add);
        return new ProcessBuilder(command)
                .directory(log.getParent().toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
    }

    private static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }
}
