package dev.recount.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.recount.event.Metadata;
import dev.recount.event.NewEvent;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An application's own model, compiled here into a jar that the command line has never seen. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ModelJarTest {

    private static final String EVENTS = """
            package com.acme;
            import dev.recount.event.EventType;
            public sealed interface SeatEvent {
                @EventType("seat.taken") record SeatTaken(String seat, java.math.BigDecimal price) implements SeatEvent {}
                @EventType("seat.freed") record SeatFreed(String seat, java.math.BigDecimal price) implements SeatEvent {}
            }
            """;

    private static final String PROJECTOR = """
            package com.acme;
            import java.util.Map;
            import java.util.TreeMap;
            abstract class Counting<E> implements dev.recount.decider.Projector<Map<String, Integer>, E> {
                public Map<String, Integer> initialState() { return Map.of(); }
                public Map<String, Integer> project(Map<String, Integer> state, E event) {
                    Map<String, Integer> next = new TreeMap<>(state);
                    next.merge(event.getClass().getSimpleName(), 1, Integer::sum);
                    return next;
                }
            }
            """;

    private static final String BOARD = """
            package com.acme;
            public final class BoardProjector extends Counting<SeatEvent> {}
            """;

    private static final String OPEN = """
            package com.acme;
            public final class OpenProjector<E> extends Counting<E> {}
            """;

    private static final String MODEL = """
            package com.acme;
            import dev.recount.codec.EventCodec;
            import dev.recount.codec.jackson.JacksonCodec;
            import dev.recount.decider.Projector;
            import dev.recount.examples.cli.model.Model;
            import java.util.Map;
            public final class BoardModel implements Model<Map<String, Integer>, SeatEvent> {
                public Projector<Map<String, Integer>, SeatEvent> projector() { return new BoardProjector(); }
                public EventCodec<SeatEvent> codec() { return JacksonCodec.of(SeatEvent.class); }
                public Object view(Map<String, Integer> state) { return Map.of("kinds", state.size()); }
            }
            """;

    private static final String COMMANDS = """
            package com.acme;
            import dev.recount.event.EventType;
            public sealed interface SeatCommand {
                @EventType("take") record TakeSeat(String seat, java.math.BigDecimal price) implements SeatCommand {}
            }
            """;

    private static final String CHEAP = """
            package com.acme;
            import java.math.BigDecimal;
            import java.util.List;
            public final class CheapDecider implements dev.recount.decider.Decider<SeatCommand, Integer, SeatEvent> {
                public Integer initialState() { return 0; }
                public Integer project(Integer state, SeatEvent event) { return state + 1; }
                public List<SeatEvent> decide(SeatCommand command, Integer state) {
                    SeatCommand.TakeSeat take = (SeatCommand.TakeSeat) command;
                    return List.of(new SeatEvent.SeatTaken(take.seat(), take.price().min(new BigDecimal("1.00"))));
                }
            }
            """;

    private static final String FAILING = """
            package com.acme;
            public final class FailingProjector extends Counting<SeatEvent> {
                public java.util.Map<String, Integer> project(java.util.Map<String, Integer> state, SeatEvent event) {
                    if (event instanceof SeatEvent.SeatFreed) { throw new IllegalStateException("nobody sat there"); }
                    return super.project(state, event);
                }
            }
            """;

    private static final String UNMADE = """
            package com.acme;
            public final class UnmadeProjector extends Counting<SeatEvent> {
                public UnmadeProjector() { throw new IllegalStateException("no settings"); }
            }
            """;

    private static final String EVOLVED_EVENTS = """
            package com.acme;
            import dev.recount.event.EventType;
            public sealed interface EvolvedEvent {
                @EventType(value = "seat.taken", version = 2) record Taken(String place, java.math.BigDecimal price) implements EvolvedEvent {}
                @EventType("seat.freed") record Freed(String seat, java.math.BigDecimal price) implements EvolvedEvent {}
            }
            """;

    private static final String EVOLVED = """
            package com.acme;
            import dev.recount.codec.EventCodec;
            import dev.recount.codec.jackson.JacksonCodec;
            import dev.recount.codec.jackson.Upcaster;
            import dev.recount.decider.Projector;
            import dev.recount.examples.cli.model.Model;
            import java.util.Map;
            import java.util.TreeMap;
            public final class EvolvedModel implements Model<Map<String, String>, EvolvedEvent> {
                public Projector<Map<String, String>, EvolvedEvent> projector() {
                    return new Projector<>() {
                        public Map<String, String> initialState() { return Map.of(); }
                        public Map<String, String> project(Map<String, String> state, EvolvedEvent event) {
                            Map<String, String> next = new TreeMap<>(state);
                            if (event instanceof EvolvedEvent.Taken taken) { next.put(taken.place(), "taken"); }
                            return next;
                        }
                    };
                }
                public EventCodec<EvolvedEvent> codec() {
                    return JacksonCodec.builder(EvolvedEvent.class)
                            .upcaster("seat.taken", 1, Upcaster.ofData(json -> json.renamed("seat", "place")))
                            .build();
                }
            }
            """;

    @TempDir
    Path folder;

    private Path jar;
    private Path rig;

    @BeforeEach
    void compile() throws IOException {
        jar = jar(EVENTS, PROJECTOR, BOARD, OPEN, MODEL, COMMANDS, CHEAP, FAILING, UNMADE, EVOLVED_EVENTS, EVOLVED);
        rig = Rigs.seats(folder, 5);
    }

    @Test
    void a_projector_is_enough_where_its_events_are_a_sealed_interface() {
        Cli told = Cli.run("replay", rig, "--jar", jar, "--model", "com.acme.BoardProjector", "--json");

        assertThat(told.status()).as(told.err()).isZero();
        assertThat(told.json().path("model").textValue()).isEqualTo("com.acme.BoardProjector");
        assertThat(told.json().path("events").longValue()).isEqualTo(5);
        assertThat(told.json().path("state")).isEqualTo(Cli.parse("{\"SeatFreed\":2,\"SeatTaken\":3}"));
    }

    @Test
    void a_model_brings_its_own_codec_and_view() {
        Cli told = Cli.run("replay", rig, "--jar", jar, "--model", "com.acme.BoardModel", "--json");

        assertThat(told.json().path("state")).isEqualTo(Cli.parse("{\"kinds\":2}"));
    }

    @Test
    void a_replay_is_compared_with_a_file_in_the_form_of_the_state() {
        Path equal = Rigs.write(folder.resolve("equal.json"), List.of("{\"SeatFreed\":2,", "\"SeatTaken\":3.0}"));
        Path other = Rigs.write(folder.resolve("other.json"), List.of("{\"SeatFreed\":1,\"SeatSold\":1}"));

        assertThat(verify(equal).status()).isZero();
        assertThat(verify(other).status()).isEqualTo(1);
        assertThat(verify(other).json())
                .isEqualTo(Cli.parse(
                        "{\"model\":\"com.acme.BoardProjector\",\"sequence\":5,\"skipped\":0,\"floor\":0,\"compared\":1,\"agreeing\":0,"
                                + "\"diverging\":[{\"key\":\"SeatFreed\",\"field\":\"value\",\"live\":1,\"replayed\":2,\"lastSequence\":0}],"
                                + "\"missing\":[\"SeatSold\"],\"extra\":[\"SeatTaken\"]}"));
    }

    @Test
    void old_versions_are_replayed_and_verified_through_the_upcasters_of_the_model() {
        Rigs.append(
                rig, NewEvent.of("seat.taken", "{\"place\":\"9C\",\"price\":1}").withVersion(2));
        Path expected = Rigs.write(
                folder.resolve("expected.json"),
                List.of("{\"1A\":\"taken\",\"3A\":\"taken\",\"5A\":\"taken\",\"9C\":\"taken\"}"));

        JsonNode replayed = Cli.run("replay", rig, "--jar", jar, "--model", "com.acme.EvolvedModel", "--json")
                .json();
        Cli verified = Cli.run(
                "verify", rig, "--jar", jar, "--model", "com.acme.EvolvedModel", "--expect", expected, "--json");

        assertThat(replayed.path("skipped").longValue()).isZero();
        assertThat(replayed.path("state"))
                .isEqualTo(Cli.parse("{\"1A\":\"taken\",\"3A\":\"taken\",\"5A\":\"taken\",\"9C\":\"taken\"}"));
        assertThat(verified.status()).as(verified.out() + verified.err()).isZero();
        assertThat(verified.json().path("skipped").longValue()).isZero();
    }

    @Test
    void a_projector_that_fails_is_named_with_the_event_that_it_fails_at() {
        List<List<String>> commands =
                List.of(List.of("replay"), List.of("blame", "--key", "SeatTaken"), List.of("diff", "--from", "0"));
        for (List<String> command : commands) {
            List<Object> arguments = new ArrayList<>(command);
            arguments.add(1, rig);
            arguments.addAll(List.of("--jar", jar, "--model", "com.acme.FailingProjector", "--json"));

            Cli told = Cli.run(arguments.toArray());

            assertThat(told.status()).isEqualTo(2);
            assertThat(told.errorJson().path("code").textValue()).isEqualTo("model_failed");
            assertThat(told.errorJson().path("message").textValue())
                    .startsWith("Model com.acme.FailingProjector failed: ")
                    .contains("sequence 2 of type seat.freed", "nobody sat there");
        }
    }

    @Test
    void recorded_commands_are_decided_again_by_a_decider_from_the_jar() {
        Rigs.append(rig, taken("7A", "0.50"), taken("8A", "1.50"));

        Cli told = Cli.run(
                "whatif",
                rig,
                "--jar",
                jar,
                "--model",
                "com.acme.BoardProjector",
                "--against",
                "com.acme.CheapDecider",
                "--json");

        assertThat(told.status()).as(told.err()).isEqualTo(1);
        assertThat(told.json().path("same").longValue()).isEqualTo(1);
        assertThat(told.json().at("/differing/0/sequence").longValue()).isEqualTo(7);
        assertThat(told.out())
                .contains("\"decided\":[{\"type\":\"seat.taken\",\"version\":1,"
                        + "\"data\":{\"seat\":\"8A\",\"price\":1.00}}]");
        assertThat(told.json().path("withoutCommand").longValue()).isEqualTo(5);
    }

    @Test
    void what_is_no_decider_is_told() {
        Cli told = Cli.run(
                "whatif", rig, "--jar", jar, "--model", "com.acme.BoardModel", "--against", "com.acme.BoardProjector");

        assertThat(told.status()).isEqualTo(2);
        assertThat(told.err())
                .contains("com.acme.BoardProjector", "is no Decider")
                .hasLineCount(1);
    }

    private static NewEvent taken(String seat, String price) {
        String data = "{\"seat\":\"" + seat + "\",\"price\":" + price + "}";
        return NewEvent.of("seat.taken", data)
                .withMetadata(Metadata.empty()
                        .with("command", data)
                        .with("commandType", "take")
                        .with("commandVersion", "1")
                        .with("commandEvents", "1"));
    }

    @Test
    void two_moments_are_compared_and_values_followed_as_with_any_model() {
        Object[] model = {"--jar", jar, "--model", "com.acme.BoardProjector", "--json"};

        JsonNode diff = Cli.run("diff", rig, model[0], model[1], model[2], model[3], model[4], "--from", 1)
                .json();
        JsonNode blame = Cli.run("blame", rig, model[0], model[1], model[2], model[3], model[4], "--key", "SeatTaken")
                .json();

        assertThat(diff.path("changed"))
                .containsExactly(Cli.parse("{\"key\":\"SeatTaken\",\"field\":\"value\",\"before\":1,\"after\":3,"
                        + "\"lastSequence\":0}"));
        assertThat(diff.path("added")).containsExactly(Cli.parse("\"SeatFreed\""));
        assertThat(blame.path("changes")).hasSize(3);
        assertThat(blame.at("/changes/2/actor").textValue()).isEqualTo("desk");
        assertThat(blame.at("/changes/2/after")).isEqualTo(Cli.parse("{\"value\":3}"));
        assertThat(Cli.run("diff", rig, "--jar", jar, "--model", "com.acme.BoardModel", "--from", 1, "--json")
                        .json()
                        .at("/changed/0/key")
                        .textValue())
                .isEqualTo("kinds");
    }

    @Test
    void what_cannot_be_used_is_told() {
        assertThat(refused("com.acme.None")).contains("com.acme.None", "com.acme.BoardProjector");
        assertThat(refused("com.acme.Counting"))
                .contains("cannot be made", "public constructor")
                .doesNotContain("Exception");
        assertThat(refused("com.acme.UnmadeProjector"))
                .contains("its constructor threw java.lang.IllegalStateException: no settings", "Mend it")
                .doesNotContain("Make it public");
        assertThat(refused("com.acme.OpenProjector")).contains("does not say of which events");
        assertThat(refused("java.lang.Object")).contains("neither a Projector nor a Model");
        assertThat(Cli.run("replay", rig, "--jar", folder.resolve("none.jar"), "--model", "a.B"))
                .satisfies(told -> assertThat(told.status()).isEqualTo(2))
                .satisfies(told -> assertThat(told.err()).contains("none.jar"));
    }

    private Cli verify(Path expected) {
        return Cli.run(
                "verify", rig, "--jar", jar, "--model", "com.acme.BoardProjector", "--expect", expected, "--json");
    }

    private String refused(String model) {
        Cli told = Cli.run("replay", rig, "--jar", jar, "--model", model);
        assertThat(told.status()).isEqualTo(2);
        assertThat(told.err()).hasLineCount(1);
        return told.err();
    }

    private Path jar(String... sources) throws IOException {
        Path source = Files.createDirectories(folder.resolve("src/com/acme"));
        Path classes = Files.createDirectory(folder.resolve("classes"));
        Stream.Builder<String> arguments = Stream.builder();
        Stream.of("-d", classes.toString(), "-cp", System.getProperty("java.class.path"), "-proc:none")
                .forEach(arguments);
        for (String text : sources) {
            String name = text.lines()
                    .filter(line -> line.contains("interface ") || line.contains("class "))
                    .findFirst()
                    .orElseThrow()
                    .replaceAll(".*(?:interface|class) (\\w+).*", "$1");
            arguments.add(
                    Files.writeString(source.resolve(name + ".java"), text).toString());
        }
        int status = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, arguments.build().toArray(String[]::new));
        assertThat(status).isZero();
        return pack(classes, folder.resolve("app.jar"));
    }

    private static Path pack(Path classes, Path jar) throws IOException {
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream packed = new JarOutputStream(out);
                Stream<Path> files = Files.walk(classes)) {
            files.filter(Files::isRegularFile).forEach(file -> add(packed, classes, file));
        }
        return jar;
    }

    private static void add(JarOutputStream jar, Path classes, Path file) {
        try {
            jar.putNextEntry(new JarEntry(classes.relativize(file).toString().replace('\\', '/')));
            Files.copy(file, jar);
            jar.closeEntry();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
