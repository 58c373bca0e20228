package dev.recount;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ArrowsTest {

    private static final JavaClasses CORE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.recount");

    @Test
    void the_arrows_between_the_stations_of_an_event_point_one_way() {
        knowsOnly("decider").check(CORE);
        knowsOnly("event").check(CORE);
        knowsOnly("codec", "event").check(CORE);
        knowsOnly("store", "event").check(CORE);
        knowsOnly("snapshot", "store", "event").check(CORE);
        knowsOnly("internal", "event", "codec", "store", "snapshot").check(CORE);
        knowsOnly("internal.log", "event", "store").check(CORE);
        knowsOnly("command", "decider", "codec", "store", "event", "snapshot", "internal")
                .check(CORE);
        knowsOnly("subscription", "event", "store", "internal").check(CORE);
        knowsOnly("sql", "event", "store", "replay").check(CORE);
        knowsOnly("town", "event", "store", "subscription").check(CORE);
        knowsOnly("reaction", "event", "decider", "codec", "store", "snapshot", "internal", "command", "subscription")
                .check(CORE);
        knowsOnly("replay", "event", "decider", "codec", "store", "subscription", "snapshot", "internal")
                .check(CORE);
        knowsOnly("transfer", "store", "reaction").check(CORE);
    }

    @Test
    void no_two_packages_need_each_other() {
        slices().matching("dev.recount.(**)").should().beFreeOfCycles().check(CORE);
    }

    @Test
    void nothing_but_java_base_is_needed() {
        classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "dev.recount..",
                        "java.lang..",
                        "java.math..",
                        "java.util..",
                        "java.time..",
                        "java.security..",
                        "java.nio",
                        "java.nio.charset..",
                        "org.jspecify..")
                .check(CORE);
    }

    @Test
    void no_code_asks_the_clock_for_the_time_of_day() {
        noClasses()
                .should()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(java.time.Instant.class, "now")
                .check(CORE);
    }

    private static ArchRule knowsOnly(String station, String... others) {
        String[] known = Stream.concat(
                        Stream.of("java..", "org.jspecify..", "dev.recount." + station),
                        Arrays.stream(others).map("dev.recount."::concat))
                .toArray(String[]::new);
        return classes()
                .that()
                .resideInAPackage("dev.recount." + station)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(known);
    }
}
