package dev.recount.codec.jackson;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.recount.codec.EventCodec;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compiles a small application as a module of its own, and runs it on the module path in a JVM of its own. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ModulePathTest {

    private static final String APPLICATION = """
            package com.acme.events;

            import dev.recount.codec.jackson.JacksonCodec;
            import dev.recount.event.*;
            import java.time.Instant;
            import java.util.List;

            public class Main {
                VISIBLE sealed interface BeadEvent permits Hooked {}
                VISIBLE record Item(int count) {}
                VISIBLE enum Side { LEFT }

                @EventType("hooked")
                VISIBLE record Hooked(@Tag("bead") String bead, @OccurredAt Instant at, List<Item> items, Side side)
                        implements BeadEvent {}

                public static void main(String[] arguments) {
                    try {
                        JacksonCodec<BeadEvent> codec = JacksonCodec.of(BeadEvent.class);
                        NewEvent encoded = codec.encode(
                                new Hooked("gt-1", Instant.EPOCH, List.of(new Item(2)), Side.LEFT));
                        System.out.println(encoded + " " + encoded.occurredAt());
                        System.out.println(codec.decode(new StoredEvent(1, encoded.type(), 1, encoded.tags(),
                                encoded.data(), encoded.metadata(), Instant.EPOCH, Instant.EPOCH)));
                    } catch (IllegalArgumentException e) {
                        System.out.println(e.getMessage());
                    }
                }
            }
            """;

    private static final String ROUND_TRIP = """
            hooked {"bead":"gt-1","at":"1970-01-01T00:00:00Z","items":[{"count":2}],"side":"LEFT"} [bead:gt-1] \
            Optional[1970-01-01T00:00:00Z]
            [Hooked[bead=gt-1, at=1970-01-01T00:00:00Z, items=[Item[count=2]], side=LEFT]]
            """;

    @TempDir
    Path folder;

    @Test
    void public_records_in_an_exported_package_need_nothing_more() throws Exception {
        assertThat(run("exports com.acme.events;", "public")).isEqualTo(ROUND_TRIP);
    }

    @Test
    void a_package_that_is_opened_to_jackson_may_keep_its_records_to_itself() throws Exception {
        assertThat(run("opens com.acme.events to com.fasterxml.jackson.databind;", "private"))
                .isEqualTo(ROUND_TRIP);
    }

    @Test
    void a_closed_package_is_refused_with_the_line_to_add() throws Exception {
        String message = "Module com.acme.app does not let Jackson reach com.acme.events.Main$Hooked. Add to its "
                + "module-info: opens com.acme.events to com.fasterxml.jackson.databind;\n";

        assertThat(run("", "public")).isEqualTo(message);
        assertThat(run("exports com.acme.events;", "private")).isEqualTo(message);
    }

    private String run(String directive, String visibility) throws Exception {
        Path classes = compile(directive, APPLICATION.replace("VISIBLE", visibility));
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Process process = new ProcessBuilder(
                        java,
                        "-p",
                        classes + File.pathSeparator + modulePath(),
                        "-m",
                        "com.acme.app/com.acme.events.Main")
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output.replace("\r\n", "\n");
    }

    private Path compile(String directive, String application) throws IOException, URISyntaxException {
        Path sources = Files.createTempDirectory(folder, "sources");
        Path classes = Files.createTempDirectory(folder, "classes");
        Path module = Files.writeString(
                sources.resolve("module-info.java"),
                "module com.acme.app { requires dev.recount.codec.jackson; " + directive + " }");
        Path main = Files.writeString(sources.resolve("Main.java"), application);
        int failures = ToolProvider.findFirst("javac")
                .orElseThrow()
                .run(
                        System.out,
                        System.err,
                        "-p",
                        modulePath(),
                        "-d",
                        classes.toString(),
                        module.toString(),
                        main.toString());
        assertThat(failures).isZero();
        return classes;
    }

    private static String modulePath() throws URISyntaxException {
        List<Class<?>> onePerModule = List.of(
                JacksonCodec.class,
                EventCodec.class,
                ObjectMapper.class,
                JsonFactory.class,
                JsonInclude.class,
                JavaTimeModule.class,
                Jdk8Module.class);
        Stream.Builder<String> paths = Stream.builder();
        for (Class<?> type : onePerModule) {
            paths.add(Path.of(type.getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString());
        }
        return paths.build().collect(Collectors.joining(File.pathSeparator));
    }
}
