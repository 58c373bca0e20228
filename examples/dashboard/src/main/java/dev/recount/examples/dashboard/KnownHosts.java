package dev.recount.examples.dashboard;

import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The names under which this server is asked. A page of another site can have its own name point to this machine; the browser then asks
 * here with that name, and gets nothing. Immutable.
 */
final class KnownHosts {

    private static final Pattern PORT = Pattern.compile(":\\d{1,5}$");
    private static final Pattern NUMERIC = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}|\\[[0-9a-f:.%]+]");
    private static final Set<String> EVERY_ADDRESS = Set.of("0.0.0.0", "[::]");

    private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");

    private final Set<String> names = new TreeSet<>(THIS_MACHINE);
    private final boolean anyAddress;

    private KnownHosts(String host) {
        String written = written(host);
        anyAddress = EVERY_ADDRESS.contains(written);
        names.add(written);
    }

    /** This machine's own names, and the host that the server listens on; where that is every address, all addresses. */
    static KnownHosts of(String host) {
        return new KnownHosts(host);
    }

    /** Whether a header {@code Host} has one of these names, with any port. */
    boolean contains(String header) {
        String host = PORT.matcher(header).replaceFirst("").toLowerCase(Locale.ROOT);
        // Nobody can point an address elsewhere, as one can a name.
        return names.contains(host) || (anyAddress && NUMERIC.matcher(host).matches());
    }

    /** Whether only this machine reaches that host. */
    static boolean isThisMachine(String host) {
        return THIS_MACHINE.contains(written(host));
    }

    /** A host as it stands in a URL. */
    static String written(String host) {
        String lower = host.toLowerCase(Locale.ROOT);
        return lower.contains(":") && !lower.startsWith("[") ? '[' + lower + ']' : lower;
    }
}
