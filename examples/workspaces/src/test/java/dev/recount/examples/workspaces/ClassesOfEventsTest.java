package dev.recount.examples.workspaces;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Structural events are stored, ephemeral ones told, gestures neither; whatever else somebody writes does not compile. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ClassesOfEventsTest {

    @TempDir
    Path folder;

    @Test
    void M4_a_structural_event_can_be_stored_and_an_ephemeral_one_told() {
        assertThat(errorsOf("log.append(List.of(structural), AppendCondition.none());"))
                .isEmpty();
        assertThat(errorsOf("broadcasts.tell(ephemeral);")).isEmpty();
    }

    @Test
    void M4_storing_an_ephemeral_event_does_not_compile() {
        assertThat(errorsOf("log.append(List.of(ephemeral), AppendCondition.none());"))
                .contains("no suitable method found for append(List<EphemeralEvent>,AppendCondition)");
        assertThat(errorsOf("WorkspaceLog.codec().encode(ephemeral);"))
                .contains("EphemeralEvent cannot be converted to StructuralEvent");
    }

    @Test
    void M4_storing_or_telling_a_gesture_does_not_compile() {
        assertThat(errorsOf("log.append(List.of(gesture), AppendCondition.none());"))
                .contains("no suitable method found for append(List<CanvasGesture>,AppendCondition)");
        assertThat(errorsOf("broadcasts.tell(gesture);"))
                .contains("CanvasGesture cannot be converted to EphemeralEvent");
    }

    @Test
    void M4_telling_a_structural_event_without_storing_it_does_not_compile() {
        assertThat(errorsOf("broadcasts.tell(structural);"))
                .contains("StructuralEvent cannot be converted to EphemeralEvent");
    }

    @Test
    void M18_an_activity_is_no_structural_event_either() {
        assertThat(errorsOf("log.append(List.of(activity), AppendCondition.none());"))
                .contains("no suitable method found for append(List<Activity>,AppendCondition)");
    }

    /** What the compiler says to a statement; nothing where it compiles. */
    private String errorsOf(String statement) {
        String code = """
                package written.elsewhere;

                import dev.recount.EventLog;
                import dev.recount.examples.workspaces.*;
                import dev.recount.store.AppendCondition;
                import java.util.List;

                class Statement {
                    void run(
                            EventLog<StructuralEvent> log,
                            Broadcasts broadcasts,
                            StructuralEvent structural,
                            EphemeralEvent ephemeral,
                            CanvasGesture gesture,
                            Activity activity) {
                        %s
                    }
                }
                """.formatted(statement);
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter errors = new StringWriter();
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
        Boolean compiled = compiler.getTask(errors, null, null, options, null, List.of(new Source(code)))
                .call();
        return compiled ? "" : errors.toString();
    }

    // Tests may run on the module path or on the class path.
    private static String classPath() {
        String modules = System.getProperty("jdk.module.path");
        String classes = System.getProperty("java.class.path");
        return modules == null ? classes : modules + File.pathSeparator + classes;
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String code;

        Source(String code) {
            super(URI.create("string:///written/elsewhere/Statement.java"), Kind.SOURCE);
            this.code = code;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return code;
        }
    }
}
