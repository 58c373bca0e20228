package dev.recount.examples.dashboard;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a dashboard listens, and whom it lets in. By default: on 127.0.0.1, on a port that is free, everybody who can connect.
 *
 * <p>Immutable.
 */
public final class DashboardOptions {

    private static final DashboardOptions DEFAULTS = new DashboardOptions("127.0.0.1", 0, null);

    private final String host;
    private final int port;
    private final @Nullable String token;

    private DashboardOptions(String host, int port, @Nullable String token) {
        this.host = host;
        this.port = port;
        this.token = token;
    }

    /** On 127.0.0.1, on a port that is free, without a token. */
    public static DashboardOptions defaults() {
        return DEFAULTS;
    }

    /** Listens on the addresses of this host. */
    public DashboardOptions withHost(String newHost) {
        return new DashboardOptions(newHost, port, token);
    }

    /**
     * Listens on this port; on one that is free where it is 0.
     *
     * @throws IllegalArgumentException where there is no such port
     */
    public DashboardOptions withPort(int newPort) {
        if (newPort < 0 || newPort > 65_535) {
            throw new IllegalArgumentException("Port " + newPort + " is none. Give one from 0 to 65535.");
        }
        return new DashboardOptions(host, newPort, token);
    }

    /**
     * Answers only who knows this token: as {@code Authorization: Bearer}, or by the cookie that a browser is given for it.
     *
     * @throws IllegalArgumentException where the token is blank
     */
    public DashboardOptions withToken(String newToken) {
        if (newToken.isBlank()) {
            throw new IllegalArgumentException("The token is blank. Give one that nobody can guess.");
        }
        return new DashboardOptions(host, port, newToken);
    }

    /** Whether it can be reached from other machines by who knows no token. */
    public boolean isOpenToOthers() {
        return token == null && !KnownHosts.isThisMachine(host);
    }

    String host() {
        return host;
    }

    int port() {
        return port;
    }

    Optional<String> token() {
        return Optional.ofNullable(token);
    }

    @Override
    public String toString() {
        return KnownHosts.written(host) + ':' + port;
    }
}
