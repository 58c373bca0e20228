package dev.recount.examples.orchestration;

import dev.recount.examples.orchestration.ProviderEvent.TextDelta;
import dev.recount.examples.orchestration.ProviderEvent.ThinkingDelta;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Joins the many small pieces of a text into few larger ones, and keeps their order with all else.
 *
 * <p>A piece is given out when it is as large as it may be or has waited as long as it may, or when something else than more of the same
 * comes. It never ends inside a surrogate pair: the first half waits for the second. A half that stays alone becomes U+FFFD, since it has
 * no form in UTF-8. It holds no more than one piece and what was given to it last. Not thread-safe.
 */
final class Coalescer {

    private static final char REPLACEMENT = '\uFFFD';

    private final Coalescing limits;
    private final StringBuilder text = new StringBuilder();

    private boolean isThinking;
    private @Nullable Instant since;

    Coalescer(Coalescing limits) {
        this.limits = limits;
    }

    /** Takes in what comes; gives what is to be stored now, in order. */
    List<ProviderEvent> add(ProviderEvent event, Instant now) {
        if (event instanceof TextDelta delta) {
            return add(delta.text(), false, now);
        }
        if (event instanceof ThinkingDelta delta) {
            return add(delta.text(), true, now);
        }
        List<ProviderEvent> out = new ArrayList<>(takeAll());
        out.add(event);
        return out;
    }

    /** What has waited as long as it may. */
    List<ProviderEvent> takeDue(Instant now) {
        return due().filter(due -> !now.isBefore(due)).isPresent() ? take(wholeCharacters(text.length())) : List.of();
    }

    /** All that waits, though more of it may come. */
    List<ProviderEvent> takeAll() {
        return take(text.length());
    }

    /** When something that waits now is to be taken; empty where nothing does. */
    Optional<Instant> due() {
        return Optional.ofNullable(since).map(first -> first.plus(limits.longestWait()));
    }

    private List<ProviderEvent> add(String more, boolean thinking, Instant now) {
        List<ProviderEvent> out = new ArrayList<>();
        if (thinking != isThinking) {
            out.addAll(takeAll());
            isThinking = thinking;
        }
        text.append(more);
        while (text.length() >= limits.largestPiece()) {
            out.addAll(take(wholeCharacters(limits.largestPiece())));
        }
        if (since == null && text.length() > 0) {
            since = now;
        }
        out.addAll(takeDue(now));
        return out;
    }

    private int wholeCharacters(int length) {
        return length > 0 && Character.isHighSurrogate(text.charAt(length - 1)) ? length - 1 : length;
    }

    private List<ProviderEvent> take(int length) {
        if (length == 0) {
            return List.of();
        }
        String piece = withoutHalves(text.substring(0, length));
        text.delete(0, length);
        since = null;
        return List.of(isThinking ? new ThinkingDelta(piece) : new TextDelta(piece));
    }

    private static String withoutHalves(String piece) {
        StringBuilder whole = new StringBuilder(piece.length());
        piece.codePoints()
                .map(point ->
                        point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE ? REPLACEMENT : point)
                .forEach(whole::appendCodePoint);
        return whole.toString();
    }
}
