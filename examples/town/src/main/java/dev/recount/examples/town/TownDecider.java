package dev.recount.examples.town;

import dev.recount.decider.Decider;
import java.util.List;

/** Decides what becomes of every command to a rig. Immutable. */
public final class TownDecider implements Decider<TownCommand, TownState, TownEvent> {

    private static final Decider<TownCommand, TownState, TownEvent> COMMANDS =
            Decider.<TownCommand, TownState, TownEvent>over(new TownProjector())
                    .on(BeadCommand.CreateBead.class, BeadDecisions::create)
                    .on(BeadCommand.AssignBead.class, BeadDecisions::assign)
                    .on(BeadCommand.UpdateBead.class, BeadDecisions::update)
                    .on(BeadCommand.LabelBead.class, BeadDecisions::label)
                    .on(BeadCommand.UpdateBeadStatus.class, BeadDecisions::updateStatus)
                    .on(BeadCommand.CloseBead.class, BeadDecisions::close)
                    .on(BeadCommand.FailBead.class, BeadDecisions::fail)
                    .on(BeadCommand.ReopenBead.class, BeadDecisions::reopen)
                    .on(BeadCommand.DeleteBead.class, BeadDecisions::delete)
                    .on(EscalationCommand.Escalate.class, EscalationDecisions::escalate)
                    .on(EscalationCommand.RaiseEscalation.class, EscalationDecisions::raise)
                    .on(EscalationCommand.AcknowledgeEscalation.class, EscalationDecisions::acknowledge)
                    .on(ConvoyCommand.CreateConvoy.class, ConvoyDecisions::create)
                    .on(ConvoyCommand.LandConvoy.class, ConvoyDecisions::land)
                    .on(MoleculeCommand.CreateMolecule.class, MoleculeDecisions::create)
                    .on(MoleculeCommand.AdvanceMolecule.class, MoleculeDecisions::advance)
                    .on(BeadCommand.SubmitReview.class, ReviewDecisions::submit)
                    .on(BeadCommand.CompleteReview.class, ReviewDecisions::complete)
                    .on(HookCommand.HookBead.class, HookDecisions::hook)
                    .on(HookCommand.UnhookBead.class, HookDecisions::unhook)
                    .on(HookCommand.AgentDone.class, HookDecisions::done)
                    .on(HookCommand.AgentCompleted.class, HookDecisions::completed)
                    .on(HookCommand.SlingBead.class, HookDecisions::sling)
                    .on(AgentCommand.RegisterAgent.class, AgentDecisions::register)
                    .on(AgentCommand.UpdateAgentStatus.class, AgentDecisions::updateStatus)
                    .on(AgentCommand.AgentExits.class, AgentDecisions::exits)
                    .on(MailCommand.SendMail.class, MailDecisions::send)
                    .on(MailCommand.DeliverMail.class, MailDecisions::deliver);

    /** Decides by the rules of every town. */
    public TownDecider() {}

    @Override
    public TownState initialState() {
        return COMMANDS.initialState();
    }

    @Override
    public TownState project(TownState town, TownEvent event) {
        return COMMANDS.project(town, event);
    }

    @Override
    public TownState projectAll(TownState town, Iterable<? extends TownEvent> events) {
        return COMMANDS.projectAll(town, events);
    }

    @Override
    public List<TownEvent> decide(TownCommand command, TownState town) {
        return COMMANDS.decide(command, town);
    }
}
