package dev.recount.examples.town;

import dev.recount.event.EventType;
import dev.recount.event.OccurredAt;
import dev.recount.event.Tag;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What happened to a mail. */
public sealed interface MailEvent extends TownEvent {

    /** A mail was sent; {@code bead} is the mail itself, null where a log does not name it. */
    @EventType("mail_sent")
    record MailSent(
            @Tag("bead") @Nullable String bead,
            String sender,
            @Tag("agent") String recipient,
            String subject,
            String actor,
            @Nullable String reason,
            @OccurredAt Instant occurredAt)
            implements MailEvent {
        public MailSent {
            Required.components(sender, recipient, subject, actor, occurredAt);
        }
    }

    /** A mail reached its recipient. */
    @EventType("mail_delivered")
    record MailDelivered(
            @Tag("bead") String bead,
            @Tag("agent") String recipient,
            String actor,
            @Nullable String reason,
            @OccurredAt Instant occurredAt)
            implements MailEvent {
        public MailDelivered {
            Required.components(bead, recipient, actor, occurredAt);
        }
    }
}
