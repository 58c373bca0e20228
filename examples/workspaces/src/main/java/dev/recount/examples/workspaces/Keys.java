package dev.recount.examples.workspaces;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.recount.feed.FeedRefused;
import dev.recount.feed.FeedRequest;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The keys by which callers are known: a name and its signature, so that nobody can say to be another. They are sent as
 * {@code Authorization: Bearer KEY}. Immutable.
 */
public final class Keys {

    private static final String BEARER = "Bearer ";
    private static final String CANVAS = "canvas";
    private static final String AGENT = "agent~";

    private final SecretKeySpec secret;

    private Keys(SecretKeySpec secret) {
        this.secret = secret;
    }

    /** Keys that only who knows the secret can make. */
    public static Keys of(String secret) {
        return new Keys(new SecretKeySpec(secret.getBytes(UTF_8), "HmacSHA256"));
    }

    /** The key of whoever looks at the whole organisation. */
    public String ofCanvas() {
        return signed(CANVAS);
    }

    /** The key of an agent. */
    public String ofAgent(String agentId) {
        return signed(AGENT + agentId);
    }

    /**
     * Who asks.
     *
     * @throws FeedRefused where the key is missing or nobody's
     */
    Caller caller(FeedRequest request) {
        String header = request.header("Authorization").orElse("");
        String key = header.regionMatches(true, 0, BEARER, 0, BEARER.length()) ? header.substring(BEARER.length()) : "";
        int end = key.lastIndexOf('~');
        String name = end < 0 ? "" : key.substring(0, end);
        // Takes as long for a wrong key as for a right one.
        if (end < 0 || !MessageDigest.isEqual(key.getBytes(UTF_8), signed(name).getBytes(UTF_8))) {
            throw FeedRefused.unauthorized("The request has no valid key. Send Authorization: Bearer and the key.");
        }
        return name.startsWith(AGENT) ? new Caller.OfAgent(name.substring(AGENT.length())) : new Caller.Canvas();
    }

    private String signed(String name) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(secret);
            return name + '~' + HexFormat.of().formatHex(mac.doFinal(name.getBytes(UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has HmacSHA256", e);
        }
    }
}
