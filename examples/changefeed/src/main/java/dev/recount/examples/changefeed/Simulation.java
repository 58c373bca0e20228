package dev.recount.examples.changefeed;

import dev.recount.command.CommandHandler;
import dev.recount.examples.changefeed.WorkCommand.RegisterProject;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;

/**
 * Somebody who works on projects through the real rules: begins sessions, opens pull requests, checks and reviews them; now and then it
 * asks for what the rules forbid. The same seed asks for the same. Not thread-safe: use from one thread at a time.
 */
public final class Simulation {

    private final CommandHandler<WorkCommand, WorkEvent> handler;
    private final InstantSource clock;
    private final Requests requests;
    private final List<String> projects;
    private final Random random;
    private int steps;

    /**
     * Works on these projects, and registers those that are new.
     *
     * @param name what the ids of its sessions and pull requests begin with
     */
    public Simulation(
            CommandHandler<WorkCommand, WorkEvent> handler,
            InstantSource clock,
            String name,
            List<String> projects,
            long seed) {
        this.handler = handler;
        this.clock = clock;
        this.projects = List.copyOf(projects);
        this.random = new Random(seed);
        this.requests = new Requests(random, name);
        projects.forEach(project -> perform(new RegisterProject(project, "Project " + project, clock.instant())));
    }

    /** Asks for one thing, and tells how many events it led to. */
    public int step() {
        steps++;
        // What has ended is left behind in time.
        return perform(requests.next(projects.get(random.nextInt(projects.size())), steps / 25, clock.instant()));
    }

    private int perform(WorkCommand command) {
        try {
            return handler.handle(command).events().size();
        } catch (WorkRejected refused) {
            return 0;
        }
    }
}
