package dev.recount.examples.workspaces;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Structural events are stored, ephemeral ones told, gestures neither; whatever else somebody writes does not compile. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ClassesOfEventsTest {

    private static final String CODE = """
            package written.elsewhere;
            import dev.recount.EventLog;
            import dev.recount.examples.workspaces.*;
            import dev.recount.store.AppendCondition;
            import java.util.List;
            class Statements {
                void run(EventLog<StructuralEvent> log, Broadcasts broadcasts, StructuralEvent structural,
                        EphemeralEvent ephemeral, CanvasGesture gesture, Activity activity) {
                    log.append(List.of(structural), AppendCondition.none());
                    broadcasts.tell(ephemeral);
                    log.append(List.of(ephemeral), AppendCondition.none());
                    WorkspaceLog.codec().encode(ephemeral);
                    log.append(List.of(gesture), AppendCondition.none());
                    broadcasts.tell(gesture);
                    broadcasts.tell(structural);
                    log.append(List.of(activity), AppendCondition.none());
                }
            }
            """;

    private static Map<String, String> errors = Map.of();

    @BeforeAll
    static void compile(@TempDir Path folder) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
        List<String> options = List.of(
                "--release",
                "17",
                "-proc:none",
                "-Xdiags:verbose",
                "-nowarn",
                "-d",
                folder.toString(),
                "-cp",
                classPath());
        compiler.getTask(null, null, found, options, null, List.of(new Source()))
                .call();
        List<String> lines = CODE.lines().toList();
        errors = new TreeMap<>();
        for (Diagnostic<? extends JavaFileObject> each : found.getDiagnostics()) {
            String line = lines.get((int) each.getLineNumber() - 1).strip();
            // Without the names of packages.
            errors.put(line, each.getMessage(Locale.ROOT).replaceAll("([a-z]+\\.)+(?=[A-Z])", ""));
        }
    }

    @Test
    void M4_a_structural_event_can_be_stored_and_an_ephemeral_one_told() {
        assertThat(errors)
                .hasSize(6)
                .doesNotContainKeys(
                        "log.append(List.of(structural), AppendCondition.none());", "broadcasts.tell(ephemeral);");
    }

    @Test
    void M4_storing_an_ephemeral_event_does_not_compile() {
        assertThat(errors.get("log.append(List.of(ephemeral), AppendCondition.none());"))
                .contains("no suitable method found for append(List<EphemeralEvent>,AppendCondition)");
        assertThat(errors.get("WorkspaceLog.codec().encode(ephemeral);"))
                .contains("EphemeralEvent cannot be converted to StructuralEvent");
    }

    @Test
    void M4_storing_or_telling_a_gesture_does_not_compile() {
        assertThat(errors.get("log.append(List.of(gesture), AppendCondition.none());"))
                .contains("no suitable method found for append(List<CanvasGesture>,AppendCondition)");
        assertThat(errors.get("broadcasts.tell(gesture);"))
                .contains("CanvasGesture cannot be converted to EphemeralEvent");
    }

    @Test
    void M4_telling_a_structural_event_without_storing_it_does_not_compile() {
        assertThat(errors.get("broadcasts.tell(structural);"))
                .contains("StructuralEvent cannot be converted to EphemeralEvent");
    }

    @Test
    void M18_an_activity_is_no_structural_event_either() {
        assertThat(errors.get("log.append(List.of(activity), AppendCondition.none());"))
                .contains("no suitable method found for append(List<Activity>,AppendCondition)");
    }

    // Tests may run on the module path or on the class path.
    private static String classPath() {
        String modules = System.getProperty("jdk.module.path");
        String classes = System.getProperty("java.class.path");
        return modules == null ? classes : modules + File.pathSeparator + classes;
    }

    private static final class Source extends SimpleJavaFileObject {

        Source() {
            super(URI.create("string:///written/elsewhere/Statements.java"), Kind.SOURCE);
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return CODE;
        }
    }
}
