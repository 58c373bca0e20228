package dev.recount.testkit;

import dev.recount.codec.EventCodec;
import dev.recount.codec.UndecodableEvent;
import dev.recount.event.NewEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.opentest4j.AssertionFailedError;

/**
 * Golden files of every event type under version control, so that a build fails before an old event no longer decodes.
 *
 * <p>A golden file holds the JSON data of one sample event and is named for its type and version, {@code seat.taken.v1.json}.
 * Every sample has to be encoded as its golden file says, and every golden file, older versions too, has to decode, with nothing
 * missing in a record but what may be null. Files are
 * only written when the system property {@code recount.golden} is {@code update}; then review them and commit them.
 *
 * <pre>{@code
 * EventSchemas.in(Path.of("src/test/golden"), JacksonCodec.of(SeatEvent.class))
 *         .withSamples(new SeatTaken("12A", "Ann"), new SeatFreed("12A"))
 *         .coveringTypesOf(SeatEvent.class)
 *         .check();
 * }</pre>
 *
 * <p>Characters that a file name cannot hold everywhere are written as {@code %} and their hexadecimal code. Immutable.
 *
 * @param <E> the events
 */
public final class EventSchemas<E> {

    /** The system property that makes {@link #check} write golden files instead: {@code -Drecount.golden=update}. */
    public static final String UPDATE_PROPERTY = "recount.golden";

    private final Path directory;
    private final EventCodec<E> codec;
    private final List<E> samples;
    private final Set<String> expectedTypes;

    private EventSchemas(Path directory, EventCodec<E> codec, List<E> samples, Set<String> expectedTypes) {
        this.directory = directory;
        this.codec = codec;
        this.samples = samples;
        this.expectedTypes = expectedTypes;
    }

    /** The schemas of that codec, with their golden files in a directory. */
    public static <E> EventSchemas<E> in(Path directory, EventCodec<E> codec) {
        return new EventSchemas<>(directory, codec, List.of(), Set.of());
    }

    /** With these sample events, one for each type and version, besides those given before. */
    @SafeVarargs
    @SuppressWarnings("varargs") // The array is copied, nothing is stored in it.
    public final EventSchemas<E> withSamples(E... events) {
        return withSamples(List.of(events));
    }

    /** With these sample events, one for each type and version, besides those given before. */
    public EventSchemas<E> withSamples(List<? extends E> events) {
        List<E> all = new ArrayList<>(samples);
        all.addAll(events);
        return new EventSchemas<>(directory, codec, List.copyOf(all), expectedTypes);
    }

    /** With the demand that every type of a class's events has a sample, or, where it is an earlier name, a golden file. */
    public EventSchemas<E> coveringTypesOf(Class<? extends E> eventClass) {
        Set<String> all = new TreeSet<>(expectedTypes);
        all.addAll(codec.types(eventClass));
        return new EventSchemas<>(directory, codec, samples, Set.copyOf(all));
    }

    /**
     * Checks every sample and every golden file; writes the samples' golden files first where updating is asked for.
     *
     * @throws AssertionFailedError with everything that was found: type, version, file, and what to do
     */
    public void check() {
        check("update".equals(System.getProperty(UPDATE_PROPERTY)));
    }

    void check(boolean update) {
        Map<GoldenFile, NewEvent> encoded = encodeSamples();
        try {
            if (update) {
                write(encoded);
            }
            report(findProblems(encoded));
        } catch (IOException e) {
            throw new UncheckedIOException("Golden files in " + directory + " cannot be read or written.", e);
        }
    }

    private Map<GoldenFile, NewEvent> encodeSamples() {
        Map<GoldenFile, NewEvent> encoded = new TreeMap<>();
        for (E sample : samples) {
            NewEvent event = new CodecCheck<>(codec).roundTrip("A sample", sample);
            GoldenFile file = new GoldenFile(event.type(), event.version());
            if (encoded.putIfAbsent(file, event) != null) {
                throw new IllegalArgumentException("Two samples of " + file + ". Give one for each type and version.");
            }
        }
        return encoded;
    }

    private void write(Map<GoldenFile, NewEvent> encoded) throws IOException {
        Files.createDirectories(directory);
        for (var entry : encoded.entrySet()) {
            Files.writeString(entry.getKey().in(directory), entry.getValue().data() + "\n");
        }
    }

    private List<String> findProblems(Map<GoldenFile, NewEvent> encoded) throws IOException {
        List<String> problems = new ArrayList<>();
        List<GoldenFile> goldens = GoldenFile.list(directory);
        for (var entry : encoded.entrySet()) {
            compare(entry.getKey(), entry.getValue(), problems);
        }
        for (GoldenFile golden : goldens) {
            decode(golden, !encoded.containsKey(golden), problems);
        }
        Set<String> covered = new TreeSet<>();
        encoded.keySet().forEach(file -> covered.add(file.type()));
        goldens.forEach(file -> covered.add(file.type()));
        findUncovered(covered, problems);
        return problems;
    }

    private void compare(GoldenFile file, NewEvent event, List<String> problems) throws IOException {
        Path path = file.in(directory);
        if (!Files.exists(path)) {
            problems.add(file + " has no golden file " + path + ". Write it with -D" + UPDATE_PROPERTY
                    + "=update, and commit it.");
        } else if (!GoldenFile.read(path).equals(event.data())) {
            problems.add(file + " is encoded otherwise than its golden file " + path + " says.\n  golden:  "
                    + GoldenFile.read(path) + "\n  encoded: " + event.data()
                    + "\n  Where stored events keep this form, mend the event class; else raise its version and register an"
                    + " upcaster. Where no event of this version was ever stored, use -D" + UPDATE_PROPERTY
                    + "=update.");
        }
    }

    private void decode(GoldenFile file, boolean hasNoSample, List<String> problems) throws IOException {
        Path path = file.in(directory);
        try {
            NewEvent golden = NewEvent.of(file.type(), GoldenFile.read(path)).withVersion(file.version());
            List<E> events = codec.decode(CodecCheck.stored(golden));
            if (hasNoSample) {
                problems.addAll(new GoldenReading<>(codec, file, golden, events).problems());
            }
        } catch (UndecodableEvent | IllegalArgumentException e) {
            problems.add(file + " no longer decodes from its golden file " + path + ": " + e.getMessage());
        }
    }

    private void findUncovered(Set<String> covered, List<String> problems) {
        for (String type : new TreeSet<>(expectedTypes)) {
            if (!covered.contains(type)) {
                problems.add(type + " has neither a sample nor a golden file in " + directory
                        + ". Give a sample event with withSamples(...).");
            }
        }
    }

    private static void report(List<String> problems) {
        if (!problems.isEmpty()) {
            throw new AssertionFailedError("Event schemas have changed:\n" + String.join("\n", problems));
        }
    }
}
