package dev.recount.benchmarks.measure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recount.benchmarks.report.Measure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(ReplaceUnderscores.class)
class GroupsTest {

    @Test
    void every_measure_has_a_name_of_its_own() {
        assertThat(Groups.names()).doesNotHaveDuplicates().allMatch(name -> name.matches("[a-z]+(\\.[a-zA-Z0-9]+)*"));
    }

    @Test
    void the_measures_that_need_no_other_process_all_report_what_they_name(@TempDir Path folder) throws Exception {
        List<String> forked = List.of("replay.heap64", "town.memory", "town.idle", "wake.other", "wake.idle");
        List<String> expected = new ArrayList<>(Groups.names());
        expected.removeIf(name -> forked.contains(name) || name.startsWith("feed."));

        List<Measure> reported = run(folder, expected);

        assertThat(reported).extracting(Measure::name).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(reported).allSatisfy(measure -> {
            assertThat(measure.ours()).isFinite().isNotNegative();
            assertThat(measure.floor()).isFinite().isNotNegative();
        });
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).isEmpty();
        }
    }

    private static List<Measure> run(Path folder, List<String> names) throws Exception {
        List<Measure> reported = new ArrayList<>();
        try (Scratch scratch = Scratch.in(folder)) {
            Run run = new Run(
                    Scale.tiny(), scratch, names::contains, (group, measure) -> reported.add(measure), line -> {});
            for (Group group : Groups.all()) {
                group.run(run);
            }
        }
        return reported;
    }
}
