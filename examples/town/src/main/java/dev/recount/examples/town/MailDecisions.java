package dev.recount.examples.town;

import dev.recount.examples.town.MailCommand.DeliverMail;
import dev.recount.examples.town.MailCommand.SendMail;
import dev.recount.examples.town.MailEvent.MailDelivered;
import dev.recount.examples.town.MailEvent.MailSent;
import dev.recount.examples.town.TownEvent.BeadCreated;
import dev.recount.examples.town.TownRejected.MailOutOfOrder;
import java.util.ArrayList;
import java.util.List;

/** What becomes of commands about a mail. */
final class MailDecisions {

    private MailDecisions() {}

    static List<TownEvent> send(SendMail command, TownState town) {
        BeadDecisions.requireNew(command.mail(), town);
        BeadDetails details =
                BeadDetails.of(BeadType.MESSAGE, command.subject()).with("body", command.body());
        return List.of(
                new BeadCreated(
                        command.mail(),
                        details,
                        Status.OPEN,
                        command.recipient(),
                        List.of(),
                        command.actor(),
                        null,
                        command.occurredAt()),
                new MailSent(
                        command.mail(),
                        command.sender(),
                        command.recipient(),
                        command.subject(),
                        command.actor(),
                        null,
                        command.occurredAt()));
    }

    static List<TownEvent> deliver(DeliverMail command, TownState town) {
        Bead mail = BeadMove.existing(town, command.mail());
        List<String> waiting = town.undelivered(command.recipient());
        if (!waiting.contains(mail.id())) {
            return List.of();
        }
        if (!waiting.get(0).equals(mail.id())) {
            throw new MailOutOfOrder(mail.id(), waiting.get(0));
        }
        List<TownEvent> events = new ArrayList<>();
        events.add(new MailDelivered(mail.id(), command.recipient(), command.actor(), null, command.occurredAt()));
        if (!mail.status().isFinal()) {
            BeadMove move = new BeadMove(command.actor(), "delivered", command.occurredAt());
            events.addAll(move.end(town, mail.id(), Status.CLOSED));
        }
        return events;
    }
}
