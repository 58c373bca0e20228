package dev.recount.benchmarks.report;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.stream.Stream;

/** Where and with what the figures were measured. */
public final class Machine {

    private Machine() {}

    /** One fact a line, {@code name: value}. */
    public static List<String> facts(String commit, String command) throws SQLException {
        Runtime runtime = Runtime.getRuntime();
        List<String> facts = new ArrayList<>();
        facts.add("date: " + LocalDate.now(ZoneOffset.UTC));
        facts.add("command: `" + command + "`");
        facts.add("commit: " + commit);
        facts.add("processor: " + processor() + ", " + runtime.availableProcessors() + " available");
        facts.add("system: " + property("os.name") + " " + property("os.version") + ", " + property("os.arch"));
        facts.add("Java: " + property("java.vm.name") + " " + property("java.runtime.version") + ", heap "
                + runtime.maxMemory() / (1 << 20) + " MiB");
        facts.add("SQLite: " + sqliteVersion() + ", by sqlite-jdbc " + driverVersion());
        facts.add("Jackson: " + com.fasterxml.jackson.databind.cfg.PackageVersion.VERSION);
        return facts;
    }

    private static String property(String name) {
        return System.getProperty(name, "unknown");
    }

    private static String processor() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("unknown");
        } catch (IOException notLinux) {
            return "unknown";
        }
    }

    private static String driverVersion() {
        try (InputStream properties = org.sqlite.JDBC.class.getResourceAsStream("/sqlite-jdbc.properties")) {
            Properties read = new Properties();
            read.load(Objects.requireNonNull(properties));
            return read.getProperty("version", "unknown");
        } catch (IOException e) {
            return "unknown";
        }
    }

    private static String sqliteVersion() throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite::memory:");
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT sqlite_version()")) {
            return row.getString(1);
        }
    }
}
