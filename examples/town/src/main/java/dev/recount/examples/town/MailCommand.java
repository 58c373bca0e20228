package dev.recount.examples.town;

import dev.recount.event.EventType;
import dev.recount.store.Query;
import java.time.Instant;

/** Commands about one mail, which is a bead of its own. */
public sealed interface MailCommand extends TownCommand {

    /** The mail. */
    String mail();

    /** Sends a mail, whether or not its recipient is there. */
    @EventType("send_mail")
    record SendMail(
            String mail, String sender, String recipient, String subject, String body, String actor, Instant occurredAt)
            implements MailCommand {
        @Override
        public Query boundary() {
            return Query.tagged("bead", mail);
        }
    }

    /** Delivers the mail that has waited longest for its recipient. */
    @EventType("deliver_mail")
    record DeliverMail(String mail, String recipient, String actor, Instant occurredAt) implements MailCommand {
        @Override
        public Query boundary() {
            return Query.tagged("bead", mail).or(Boundaries.mailbox(recipient));
        }
    }
}
