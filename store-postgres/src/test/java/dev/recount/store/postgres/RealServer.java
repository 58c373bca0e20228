package dev.recount.store.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.apache.commons.io.FileUtils;

/**
 * A server as users have it: an installed one that syncs to the disk, in a folder of its own, on a port of its own. It can be killed, started
 * again, copied to a replica and promoted. Closing ends it and removes its folder.
 */
final class RealServer implements AutoCloseable {

    // A server that was killed syncs a whole file system first, on which others write, too.
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final List<String> SETTINGS = List.of(
            "fsync=on",
            // Of what is there already when it starts after a crash; file by file that takes seconds on a busy disk.
            "recovery_init_sync_method=syncfs",
            "full_page_writes=on",
            "listen_addresses=127.0.0.1",
            "unix_socket_directories=",
            "max_connections=60",
            "shared_buffers=32MB",
            "wal_keep_size=512MB",
            "wal_retrieve_retry_interval=50ms");

    private final ServerPrograms programs;
    private final Path folder;
    private final Path data;
    private final Path log;
    private final int port;
    private final Thread cleaner = new Thread(this::remove, "recount-postgres-cleaner");
    private Process process;

    private RealServer(ServerPrograms programs) throws IOException {
        this.programs = programs;
        this.folder = programs.newFolder();
        this.data = folder.resolve("data");
        this.log = folder.resolve("log");
        this.port = freePort();
        Runtime.getRuntime().addShutdownHook(cleaner);
    }

    private interface Filling {
        void fill(RealServer server) throws Exception;
    }

    /** An empty server that runs. */
    static RealServer start() throws Exception {
        ServerPrograms programs = ServerPrograms.find();
        return start(
                programs,
                server -> programs.run(
                        server.log,
                        "initdb",
                        "--pgdata=" + server.data,
                        "--username=postgres",
                        "--auth=trust",
                        "--encoding=UTF8",
                        "--locale=C",
                        "--no-sync"));
    }

    /** A server that follows this one, and runs. */
    RealServer replica() throws Exception {
        return start(
                programs,
                server -> programs.run(
                        server.log,
                        "pg_basebackup",
                        "--pgdata=" + server.data,
                        "--host=127.0.0.1",
                        "--port=" + port,
                        "--username=postgres",
                        "--checkpoint=fast",
                        "--write-recovery-conf",
                        "--no-sync"));
    }

    private static RealServer start(ServerPrograms programs, Filling filling) throws Exception {
        RealServer server = new RealServer(programs);
        try {
            filling.fill(server);
            server.startAgain();
            return server;
        } catch (Exception | Error e) {
            server.close();
            throw e;
        }
    }

    /**
     * A port that nobody listens on. Below those that systems hand out, or another program might be given it before the server listens
     * there, or while it is started again.
     */
    static int freePort() throws IOException {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(20_000, 30_000);
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (BindException taken) {
                // Another one, then.
            }
        }
    }

    /** Starts it and waits until it takes connections. What is left of one that was killed may refuse it for a moment. */
    void startAgain() throws IOException {
        long until = System.nanoTime() + PATIENCE.toNanos();
        process = launch();
        while (!takesConnections()) {
            if (System.nanoTime() > until) {
                throw new AssertionError("The server did not start within " + PATIENCE + ": " + Files.readString(log));
            }
            if (!process.isAlive()) {
                process = launch();
            }
            LockSupport.parkNanos(20_000_000);
        }
    }

    private Process launch() throws IOException {
        Stream<String> settings = SETTINGS.stream().flatMap(setting -> Stream.of("-c", setting));
        Stream<String> place = Stream.of("-D", data.toString(), "-p", String.valueOf(port));
        return programs.start(log, "postgres", Stream.concat(place, settings).toArray());
    }

    private boolean takesConnections() {
        try {
            DriverManager.getConnection(url()).close();
            return true;
        } catch (SQLException notYet) {
            return false;
        }
    }

    /** SIGKILL to it and to all the processes that serve connections. */
    void kill() throws IOException, InterruptedException {
        // So that it starts no other one meanwhile.
        new ProcessBuilder("sh", "-c", "kill -STOP " + process.pid()).start().waitFor();
        List<ProcessHandle> all = Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .toList();
        all.forEach(ProcessHandle::destroyForcibly);
        process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    /** Makes a replica follow nobody, as if its network was gone; nothing reaches it from here on. */
    void disconnect() throws Exception {
        // Else it may be about to connect still, by what it was told before.
        Sql.await(
                "the replica follows",
                () -> Sql.texts(dataSource(), "SELECT status FROM pg_stat_wal_receiver")
                        .contains("streaming"));
        Sql.run(dataSource(), "ALTER SYSTEM SET primary_conninfo = ''");
        Sql.text(dataSource(), "SELECT pg_reload_conf()");
        Sql.await(
                "the replica is disconnected",
                () -> Sql.texts(dataSource(), "SELECT pid FROM pg_stat_wal_receiver")
                        .isEmpty());
    }

    /** Makes a replica follow a primary again. */
    void connect(RealServer primary) throws SQLException {
        Sql.run(
                dataSource(),
                "ALTER SYSTEM SET primary_conninfo = 'host=127.0.0.1 user=postgres port=" + primary.port + "'");
        Sql.text(dataSource(), "SELECT pg_reload_conf()");
    }

    /** Makes a primary of a replica. */
    void promote() throws Exception {
        Sql.text(dataSource(), "SELECT pg_promote(true, 60)");
        Sql.await(
                "the replica is promoted",
                () -> Sql.text(dataSource(), "SELECT pg_is_in_recovery()").equals("f"));
    }

    /** Lets nothing reach the tables of a replica until it is resumed, though it has arrived there. */
    void pauseReplay() throws Exception {
        Sql.text(dataSource(), "SELECT pg_wal_replay_pause()");
        Sql.await(
                "the replica has paused",
                () -> Sql.text(dataSource(), "SELECT pg_get_wal_replay_pause_state()")
                        .equals("paused"));
    }

    void resumeReplay() throws SQLException {
        Sql.text(dataSource(), "SELECT pg_wal_replay_resume()");
    }

    String url() {
        // A pool gives its own limit to the driver, as that of all who connect in this JVM.
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=postgres&loginTimeout=60";
    }

    /** Connections as a host has them, once some statements were run. */
    HikariDataSource pool(int connections, String... before) throws SQLException {
        for (String statement : before) {
            Sql.run(dataSource(), statement);
        }
        HikariConfig config = Pools.config(url(), connections);
        config.setConnectionTimeout(500);
        return new HikariDataSource(config);
    }

    /** A new connection each time. */
    DataSource dataSource() {
        return (DataSource) Proxy.newProxyInstance(
                RealServer.class.getClassLoader(),
                new Class<?>[] {DataSource.class},
                (proxy, method, arguments) -> DriverManager.getConnection(url()));
    }

    @Override
    public void close() {
        Runtime.getRuntime().removeShutdownHook(cleaner);
        remove();
    }

    private void remove() {
        try {
            if (process != null) {
                kill();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            process.destroyForcibly();
        } finally {
            FileUtils.deleteQuietly(folder.toFile());
        }
    }
}
