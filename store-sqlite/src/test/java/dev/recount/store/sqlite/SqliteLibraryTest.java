package dev.recount.store.sqlite;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SqliteLibraryTest {

    @ParameterizedTest
    @ValueSource(strings = {"3.51.3", "3.51.10", "3.52.0", "3.54.1", "4.0.0"})
    void a_version_that_resets_its_write_ahead_log_safely_is_taken(String version) {
        assertThatCode(() -> SqliteLibrary.requireSafe(version)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"3.51.2", "3.9.0", "3.50.30", "3.51", "2.99.99"})
    void an_older_version_is_refused(String version) {
        assertThatThrownBy(() -> SqliteLibrary.requireSafe(version))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("SQLite " + version);
    }
}
