package dev.recount.store.sqlite;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SqliteOptionsTest {

    private final SqliteOptions options = SqliteOptions.defaults();

    @Test
    void a_busy_timeout_that_no_clock_can_reckon_with_is_refused_when_it_is_given() {
        Duration forEver = Duration.ofSeconds(Long.MAX_VALUE);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> options.withBusyTimeout(forEver))
                .withMessage("Busy timeout " + forEver + " is too long. Give at most 36500 days.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> options.withBusyTimeout(Duration.ofMillis(-1)))
                .withMessage("Busy timeout PT-0.001S is below zero. Give zero or more.");
    }
}
