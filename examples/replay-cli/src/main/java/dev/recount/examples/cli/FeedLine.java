package dev.recount.examples.cli;

import dev.recount.event.StoredEvent;
import dev.recount.examples.cli.output.Paint;
import dev.recount.examples.town.Sentences;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** An event as a line that people read: when, where, about what, and what happened in a sentence. Times are in UTC. */
final class FeedLine {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final List<String> SUBJECTS = List.of("bead", "agent", "workspace_id", "turn", "thread", "project");
    private static final int RIG_WIDTH = 8;
    private static final int SUBJECT_WIDTH = 16;

    private final Sentences sentences = Sentences.in(ZoneOffset.UTC);
    private final Paint paint;
    private final String rig;

    FeedLine(Paint paint, String rig) {
        this.paint = paint;
        this.rig = rig;
    }

    /** A line of one rig's feed. */
    String of(StoredEvent event) {
        return paint.faint(time(event.occurredAt()) + String.format(Locale.ROOT, " %6d", event.sequence()))
                + "  "
                + paint.ofName(rig, Printable.text(rig))
                + "  "
                + paint.bold(padded(subject(event), SUBJECT_WIDTH))
                + "  "
                + what(event);
    }

    /** A line of the feed of several rigs, which come by number. */
    String ofSeveral(int number, StoredEvent event) {
        return columns(paint, number, rig, subject(event)) + what(event);
    }

    /** The columns before the sentence. */
    static String columns(Paint paint, int number, String rig, String subject) {
        return paint.ofNumber(number, padded(rig, RIG_WIDTH)) + "  " + paint.bold(padded(subject, SUBJECT_WIDTH))
                + "  ";
    }

    /** A time as people read it, in UTC to the second. */
    static String time(Instant time) {
        return TIME.format(time);
    }

    /** What happened, in a sentence. */
    String what(StoredEvent event) {
        return Printable.text(KnownSystem.sentence(event).orElseGet(() -> sentences.of(event)));
    }

    private static String subject(StoredEvent event) {
        for (String key : SUBJECTS) {
            if (event.tags().value(key).isPresent()) {
                return event.tags().value(key).get();
            }
        }
        return event.tags().isEmpty() ? "-" : event.tags().asList().get(0);
    }

    private static String padded(String text, int width) {
        String safe = Printable.text(text);
        return safe + " ".repeat(Math.max(0, width - safe.length()));
    }
}
