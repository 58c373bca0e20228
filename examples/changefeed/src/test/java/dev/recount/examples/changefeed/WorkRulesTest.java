package dev.recount.examples.changefeed;

import static dev.recount.examples.changefeed.Running.AT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.recount.command.CommandHandler;
import dev.recount.examples.changefeed.Check.Result;
import dev.recount.examples.changefeed.WorkCommand.AddReviewThread;
import dev.recount.examples.changefeed.WorkCommand.ChangePrSession;
import dev.recount.examples.changefeed.WorkCommand.CreatePr;
import dev.recount.examples.changefeed.WorkCommand.CreateSession;
import dev.recount.examples.changefeed.WorkCommand.RecordCheck;
import dev.recount.examples.changefeed.WorkCommand.RegisterProject;
import dev.recount.examples.changefeed.WorkCommand.ResolveReviewThread;
import dev.recount.examples.changefeed.WorkCommand.RestatePr;
import dev.recount.examples.changefeed.WorkCommand.RestateProject;
import dev.recount.examples.changefeed.WorkCommand.RestateSession;
import dev.recount.examples.changefeed.WorkCommand.UpdatePr;
import dev.recount.examples.changefeed.WorkCommand.UpdateSession;
import dev.recount.examples.changefeed.WorkEvent.PrCheckRecorded;
import dev.recount.examples.changefeed.WorkEvent.PrCreated;
import dev.recount.examples.changefeed.WorkEvent.PrReviewThreadAdded;
import dev.recount.examples.changefeed.WorkEvent.PrReviewThreadResolved;
import dev.recount.examples.changefeed.WorkEvent.PrSessionChanged;
import dev.recount.examples.changefeed.WorkEvent.PrUpdated;
import dev.recount.examples.changefeed.WorkEvent.ProjectRegistered;
import dev.recount.examples.changefeed.WorkEvent.SessionCreated;
import dev.recount.examples.changefeed.WorkEvent.SessionUpdated;
import dev.recount.replay.WhatIfResult;
import dev.recount.store.EventStore;
import dev.recount.store.memory.MemoryEventStore;
import dev.recount.testkit.DeciderLaws;
import dev.recount.testkit.DeciderSpec;
import dev.recount.testkit.EventSchemas;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** The rules as tables of facts. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class WorkRulesTest {

    private static final Check BUILD = new Check("build", "c0ffee", Result.PASSED);
    private static final ReviewThread THREAD = new ReviewThread("t1", "A.java", 7, "ann", "Why?", false);

    private static final ProjectRegistered PROJECT = new ProjectRegistered("apollo", "Apollo", AT);
    private static final SessionCreated SESSION = new SessionCreated("apollo", "s1", "Work", SessionStatus.WORKING, AT);
    private static final SessionUpdated ENDED = new SessionUpdated("apollo", "s1", "Work", SessionStatus.ENDED, AT);
    private static final PrCreated PR = new PrCreated("apollo", "pr1", "s1", "Title", "c0ffee", AT);
    private static final PrUpdated MERGED =
            new PrUpdated("apollo", "pr1", "s1", "Title", "c0ffee", PrStatus.MERGED, AT);
    private static final PrCheckRecorded CHECKED = new PrCheckRecorded("apollo", "pr1", "s1", BUILD, AT);
    private static final PrReviewThreadAdded ADDED = new PrReviewThreadAdded("apollo", "pr1", "s1", THREAD, AT);
    private static final PrReviewThreadResolved RESOLVED = new PrReviewThreadResolved("apollo", "pr1", "s1", "t1", AT);

    private static DeciderSpec<WorkCommand, WorkState, WorkEvent> given(WorkEvent... events) {
        return DeciderSpec.of(new WorkDecider()).encodedBy(WorkLog.events()).given(events);
    }

    @Test
    void projects_and_sessions() {
        given().when(new RegisterProject("apollo", "Apollo", AT)).then(PROJECT);
        given(PROJECT).when(new RegisterProject("apollo", "Other", AT)).thenRejected(WorkRejected.Exists.class);
        given(PROJECT).when(new CreateSession("apollo", "s1", "Work", AT)).then(SESSION);
        given().when(new CreateSession("apollo", "s1", "Work", AT)).thenRejected(WorkRejected.NotFound.class);
        given(PROJECT, SESSION)
                .when(new CreateSession("apollo", "s1", "Work", AT))
                .thenRejected(WorkRejected.Exists.class);
        given(PROJECT, SESSION)
                .when(new UpdateSession("apollo", "s1", "Work", SessionStatus.ENDED, AT))
                .then(ENDED);
        given(PROJECT, SESSION)
                .when(new UpdateSession("apollo", "s1", "Work", SessionStatus.WORKING, AT))
                .thenNothing();
        given(PROJECT, SESSION, ENDED)
                .when(new UpdateSession("apollo", "s1", "More", SessionStatus.WORKING, AT))
                .thenRejected(WorkRejected.Over.class);
    }

    @Test
    void pull_requests() {
        given(PROJECT, SESSION)
                .when(new CreatePr("apollo", "pr1", "s1", "Title", "c0ffee", AT))
                .then(PR);
        given(PROJECT)
                .when(new CreatePr("apollo", "pr1", "s1", "Title", "c0ffee", AT))
                .thenRejected(WorkRejected.NotFound.class);
        given(PROJECT, SESSION, ENDED)
                .when(new CreatePr("apollo", "pr1", "s1", "Title", "c0ffee", AT))
                .thenRejected(WorkRejected.Over.class);
        given(PROJECT, SESSION, PR)
                .when(new CreatePr("apollo", "pr1", null, "Title", "c0ffee", AT))
                .thenRejected(WorkRejected.Exists.class);
        given(PROJECT, SESSION, PR)
                .when(new UpdatePr("apollo", "pr1", "Title", "c0ffee", PrStatus.MERGED, AT))
                .then(MERGED);
        given(PROJECT, SESSION, PR)
                .when(new UpdatePr("apollo", "pr1", "Title", "c0ffee", PrStatus.OPEN, AT))
                .thenNothing();
        given(PROJECT, SESSION, PR)
                .when(new ChangePrSession("apollo", "pr1", null, AT))
                .then(new PrSessionChanged("apollo", "pr1", "s1", null, AT));
        given(PROJECT, SESSION, PR)
                .when(new ChangePrSession("apollo", "pr1", "s2", AT))
                .thenRejected(WorkRejected.NotFound.class);
        given(PROJECT, SESSION, PR, MERGED)
                .when(new RecordCheck("apollo", "pr1", BUILD, AT))
                .thenRejected(WorkRejected.Over.class);
    }

    @Test
    void checks_and_reviews() {
        given(PROJECT, SESSION, PR)
                .when(new RecordCheck("apollo", "pr1", BUILD, AT))
                .then(CHECKED);
        given(PROJECT, SESSION, PR, CHECKED)
                .when(new RecordCheck("apollo", "pr1", BUILD, AT))
                .thenNothing();
        given(PROJECT, SESSION, PR)
                .when(new AddReviewThread("apollo", "pr1", "t1", "A.java", 7, "ann", "Why?", AT))
                .then(ADDED);
        given(PROJECT, SESSION, PR, ADDED)
                .when(new AddReviewThread("apollo", "pr1", "t1", "A.java", 7, "ann", "Why?", AT))
                .thenRejected(WorkRejected.Exists.class);
        given(PROJECT, SESSION, PR, ADDED)
                .when(new ResolveReviewThread("apollo", "pr1", "t1", AT))
                .then(RESOLVED);
        given(PROJECT, SESSION, PR, ADDED, RESOLVED)
                .when(new ResolveReviewThread("apollo", "pr1", "t1", AT))
                .thenNothing();
        given(PROJECT, SESSION, PR)
                .when(new ResolveReviewThread("apollo", "pr1", "t1", AT))
                .thenRejected(WorkRejected.NotFound.class);
    }

    @Test
    void what_is_told_again_is_all_there_is() {
        given(PROJECT).when(new RestateProject("apollo", AT)).then(PROJECT);
        given(PROJECT, SESSION)
                .when(new RestateSession("apollo", "s1", AT))
                .then(new SessionUpdated("apollo", "s1", "Work", SessionStatus.WORKING, AT));
        given(PROJECT, SESSION, PR, CHECKED, ADDED, RESOLVED)
                .when(new RestatePr("apollo", "pr1", AT))
                .then(
                        new PrUpdated("apollo", "pr1", "s1", "Title", "c0ffee", PrStatus.OPEN, AT),
                        CHECKED,
                        new PrReviewThreadAdded("apollo", "pr1", "s1", THREAD.settled(), AT));
        given(PROJECT, SESSION, PR, MERGED)
                .when(new RestatePr("apollo", "pr1", AT))
                .thenRejected(WorkRejected.Over.class);
    }

    @Test
    void the_decider_keeps_the_laws() {
        DeciderLaws.of(new WorkDecider(), (random, work) -> request(random))
                .encodedBy(WorkLog.events())
                .check();
    }

    @Test
    void a_decision_within_its_boundary_is_the_decision_on_the_whole_log() {
        EventStore store = MemoryEventStore.create();
        CommandHandler<WorkCommand, WorkEvent> handler =
                WorkLog.commands(store).recordingCommands(WorkLog.commandCodec());
        RandomGenerator random = new Random(11);
        for (int i = 0; i < 400; i++) {
            try {
                handler.handle(request(random));
            } catch (WorkRejected refused) {
                // It leaves no trace.
            }
        }

        WhatIfResult<WorkCommand> whole = WorkLog.in(store)
                .whatIf(new WorkDecider(), WorkLog.commandCodec())
                .run();
        assertThat(whole.decisions()).isGreaterThan(50);
        assertThat(whole.isSame()).as(whole.toString()).isTrue();
    }

    private static WorkCommand request(RandomGenerator random) {
        String project = random.nextBoolean() ? "apollo" : "gemini";
        return random.nextInt(20) == 0
                ? new RegisterProject(project, "A project", AT)
                : new Requests(random, "ann").next(project, 1, AT);
    }

    @Test
    void every_stored_event_still_decodes() {
        EventSchemas.in(Path.of("src/test/golden"), WorkLog.events())
                .withSamples(List.of(
                        PROJECT,
                        SESSION,
                        ENDED,
                        PR,
                        MERGED,
                        CHECKED,
                        ADDED,
                        RESOLVED,
                        new PrSessionChanged("apollo", "pr1", "s1", "s2", AT)))
                .coveringTypesOf(WorkEvent.class)
                .check();
    }
}
