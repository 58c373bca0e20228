package dev.recount.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@Timeout(300)
@EnabledOnOs(OS.LINUX)
class FileWatchTest {

    private static final Duration LONG = Duration.ofMinutes(10);
    private static final Duration SHORT = Duration.ofMillis(20);

    @TempDir
    Path folder;

    private final BlockingQueue<String> told = new LinkedBlockingQueue<>();

    @Test
    void tells_of_a_log_and_of_its_write_ahead_log_by_the_logs_name() throws Exception {
        FileWatch watch = new FileWatch(true, LONG);
        try (FileWatch.Ticket ticket = watch.joinAll(folder, told::add)) {
            assertThat(told.take()).isEqualTo(FileWatch.ANY);

            Files.writeString(folder.resolve("one.db-wal"), "written");
            assertThat(told.take()).isEqualTo("one.db");
            Files.writeString(folder.resolve("other.db"), "written");

            awaitTold("other.db");
            assertThat(ticket.isTold()).isTrue();
        }
    }

    @Test
    void tells_who_waits_for_one_log_of_no_other() throws Exception {
        FileWatch watch = new FileWatch(true, LONG);
        BlockingQueue<String> all = new LinkedBlockingQueue<>();
        try (FileWatch.Ticket one = watch.join(folder.resolve("one.db"), told::add);
                FileWatch.Ticket every = watch.joinAll(folder, all::add)) {
            assertThat(told.take()).isEqualTo(FileWatch.ANY);

            Files.writeString(folder.resolve("other.db"), "written");
            while (!all.take().equals("other.db")) {
                assertThat(every.isTold()).isTrue();
            }

            assertThat(told).isEmpty();
            assertThat(one.isTold()).isTrue();
        }
    }

    @Test
    void who_comes_back_soon_has_missed_nothing_and_who_comes_back_late_is_told_so() throws Exception {
        FileWatch.Listener listener = told::add;
        FileWatch patient = new FileWatch(true, LONG);
        patient.joinAll(folder, listener).close();
        assertThat(told.take()).isEqualTo(FileWatch.ANY);

        Files.writeString(folder.resolve("one.db"), "written while nobody waits");
        awaitTold("one.db");
        told.clear();
        patient.joinAll(folder, listener).close();
        assertThat(told).doesNotContain(FileWatch.ANY);

        FileWatch impatient = new FileWatch(true, SHORT);
        impatient.joinAll(folder, listener).close();
        awaitTold(FileWatch.ANY);
        awaitEnd(impatient);
        impatient.joinAll(folder, listener).close();
        awaitTold(FileWatch.ANY);
    }

    @Test
    void its_thread_ends_after_the_last_has_left_and_not_before() throws Exception {
        FileWatch watch = new FileWatch(true, SHORT);
        FileWatch.Ticket first = watch.join(folder.resolve("one.db"), told::add);
        FileWatch.Ticket second = watch.join(folder.resolve("one.db"), log -> told.add("second " + log));
        first.close();
        Files.writeString(folder.resolve("one.db"), "written");
        awaitTold("second one.db");

        assertThat(watch.isRunning()).isTrue();
        second.close();

        awaitEnd(watch);
    }

    @Test
    void one_thread_serves_all_folders() throws Exception {
        FileWatch watch = new FileWatch(true, LONG);
        List<FileWatch.Ticket> tickets = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            Path one = Files.createDirectory(folder.resolve("folder" + i));
            tickets.add(watch.join(one.resolve("log.db"), told::add));
            awaitTold(FileWatch.ANY);
        }

        Files.writeString(folder.resolve("folder7").resolve("log.db"), "written");
        awaitTold("log.db");

        assertThat(watch.folders()).isEqualTo(20);
        tickets.forEach(FileWatch.Ticket::close);
    }

    @Test
    void a_folder_that_is_reached_by_two_paths_is_told_of_by_both() throws Exception {
        FileWatch watch = new FileWatch(true, LONG);
        BlockingQueue<String> byLink = new LinkedBlockingQueue<>();
        Path real = Files.createDirectory(folder.resolve("real"));
        Path link = Files.createSymbolicLink(folder.resolve("link"), real);
        try (FileWatch.Ticket one = watch.joinAll(real, told::add);
                FileWatch.Ticket other = watch.joinAll(link, byLink::add)) {
            Files.writeString(real.resolve("log.db"), "written");

            awaitTold("log.db");
            while (!byLink.take().equals("log.db")) {
                assertThat(other.isTold()).isTrue();
            }
            assertThat(one.isTold()).isTrue();
        }
    }

    @Test
    void a_folder_that_is_gone_is_told_of_and_no_longer_watched() throws Exception {
        FileWatch watch = new FileWatch(true, LONG);
        Path gone = Files.createDirectory(folder.resolve("gone"));
        FileWatch.Ticket ticket = watch.join(gone.resolve("log.db"), told::add);
        awaitTold(FileWatch.ANY);

        Files.delete(gone);
        awaitTold(FileWatch.ANY);

        assertThat(ticket.isTold()).isFalse();
        ticket.close();
        Files.createDirectory(gone);
        try (FileWatch.Ticket again = watch.join(gone.resolve("log.db"), told::add)) {
            awaitTold(FileWatch.ANY);
            Files.writeString(gone.resolve("log.db"), "written");
            awaitTold("log.db");
            assertThat(again.isTold()).isTrue();
        }
    }

    @Test
    void where_nothing_can_be_watched_nobody_is_told_and_everybody_knows() throws IOException {
        FileWatch blind = new FileWatch(false, LONG);
        FileWatch watch = new FileWatch(true, LONG);

        FileWatch.Ticket untold = blind.join(folder.resolve("one.db"), told::add);
        FileWatch.Ticket nowhere = watch.join(folder.resolve("nowhere").resolve("one.db"), told::add);
        Files.writeString(folder.resolve("one.db"), "written");

        assertThat(untold.isTold()).isFalse();
        assertThat(nowhere.isTold()).isFalse();
        assertThat(told).isEmpty();
        assertThat(blind.isRunning()).isFalse();
        assertThat(watch.isRunning()).isFalse();
    }

    private void awaitTold(String wanted) throws InterruptedException {
        String next = told.poll(60, TimeUnit.SECONDS);
        while (next != null && !next.equals(wanted)) {
            next = told.poll(60, TimeUnit.SECONDS);
        }
        assertThat(next).isEqualTo(wanted);
    }

    private static void awaitEnd(FileWatch watch) {
        while (watch.isRunning()) {
            Thread.onSpinWait();
        }
    }
}
