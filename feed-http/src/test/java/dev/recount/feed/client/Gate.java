package dev.recount.feed.client;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Stands between a client and whatever server is behind it at the moment, under one address that never changes. It can cut a connection
 * after any byte of the answer, and keeps what went through.
 */
final class Gate implements AutoCloseable {

    /** A server in a few bytes: is given the head of a request, and the client's socket, which is closed after it. */
    interface Server {
        void serve(String request, Socket client) throws IOException;
    }

    private final ServerSocket door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final BlockingQueue<Integer> cuts = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> requests = new LinkedBlockingQueue<>();
    private final List<ByteArrayOutputStream> answers = new CopyOnWriteArrayList<>();
    private volatile Server behind = (request, client) -> {};

    private Gate() throws IOException {
        start(this::accept);
    }

    static Gate shut() throws IOException {
        return new Gate();
    }

    /** To the server at a port. */
    static Gate to(int port) throws IOException {
        Gate gate = new Gate();
        gate.leadTo(port);
        return gate;
    }

    void leadTo(int port) {
        behind = (request, client) -> pass(request, client, port);
    }

    void leadTo(Server server) {
        behind = server;
    }

    /** Closes the next connection that has no cut yet after so many bytes of the answer. */
    void cutAfter(int bytes) {
        cuts.add(bytes);
    }

    void forgetCuts() {
        cuts.clear();
    }

    /** Breaks off all connections that there are. */
    void breakAll() throws IOException {
        for (Socket socket : open) {
            socket.close();
        }
    }

    URI uri(String pathAndQuery) {
        return URI.create("http://127.0.0.1:" + door.getLocalPort() + pathAndQuery);
    }

    /** The head of the next request, in lower case. */
    String nextRequest() throws InterruptedException {
        return String.valueOf(requests.poll(60, TimeUnit.SECONDS)).toLowerCase(Locale.ROOT);
    }

    /** The bytes of the answer on a connection, from the status line on. */
    String answer(int connection) {
        return answers.get(connection).toString(ISO_8859_1);
    }

    @Override
    public void close() throws IOException {
        door.close();
        breakAll();
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                Socket client = door.accept();
                start(() -> serve(client));
            } catch (IOException e) {
                // Closed, or the client was gone already.
            }
        }
    }

    private void serve(Socket client) {
        open.add(client);
        try (client) {
            client.setTcpNoDelay(true);
            String request = head(client.getInputStream());
            if (!request.isEmpty()) {
                requests.add(request);
                behind.serve(request, client);
            }
        } catch (IOException e) {
            // One of the two has left.
        } finally {
            open.remove(client);
        }
    }

    private void pass(String request, Socket client, int port) throws IOException {
        Integer cut = cuts.poll();
        int limit = cut == null ? Integer.MAX_VALUE : cut;
        ByteArrayOutputStream passed = new ByteArrayOutputStream();
        answers.add(passed);
        try (Socket server = new Socket(InetAddress.getLoopbackAddress(), port)) {
            open.add(server);
            server.getOutputStream().write(request.getBytes(ISO_8859_1));
            byte[] bytes = new byte[8_192];
            while (passed.size() < limit) {
                int count = server.getInputStream().read(bytes, 0, Math.min(bytes.length, limit - passed.size()));
                if (count < 0) {
                    return;
                }
                passed.write(bytes, 0, count);
                client.getOutputStream().write(bytes, 0, count);
            }
        } finally {
            open.removeIf(Socket::isClosed);
        }
    }

    // The client sends nothing more until it is answered.
    private static String head(InputStream in) throws IOException {
        String head = "";
        byte[] bytes = new byte[8_192];
        while (!head.endsWith("\r\n\r\n")) {
            int count = in.read(bytes);
            if (count < 0) {
                return "";
            }
            head += new String(bytes, 0, count, ISO_8859_1);
        }
        return head;
    }

    private static void start(Runnable task) {
        Thread thread = new Thread(task, "gate");
        thread.setDaemon(true);
        thread.start();
    }
}
