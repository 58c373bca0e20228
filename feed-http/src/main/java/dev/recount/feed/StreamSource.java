package dev.recount.feed;

import dev.recount.town.RigEvent;
import java.time.Duration;

/**
 * What one stream shows, and its place in it, which is all that is kept: history and live are read alike. Not thread-safe: use from the
 * stream's thread.
 */
interface StreamSource {

    /** The frames with which the stream begins; empty where it goes on where the client was. */
    String opening();

    /** Reads what comes after its place, at most so many events. The place stays, unless a control frame says otherwise. */
    Part read(View view, int most);

    /** Moves the place behind the next event of the last part, and adds its frame. */
    void pass(RigEvent event, EventWriter writer, StringBuilder to);

    /** Moves the place behind all that the last part has looked through. */
    void passAll();

    /** The cursor of its place. */
    String cursor();

    /** Whether the place is another than that of the last cursor. */
    boolean hasMoved();

    /** How many events that are known lie behind the place. */
    long behind();

    /** How long it waits at most until it reads again, also where nothing was announced. */
    default Duration patience() {
        return Duration.ofDays(1);
    }
}
