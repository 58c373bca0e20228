package dev.recount.examples.orchestration;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Whether everything that something refers to is there, and nothing is there that nobody refers to. */
public final class Integrity {

    private final Orchestration all;
    private final Set<String> listed = new HashSet<>();
    private final List<String> problems = new ArrayList<>();

    private Integrity(Orchestration all) {
        this.all = all;
    }

    /** What is wrong, in sentences; nothing where all is well. */
    public static List<String> problems(Orchestration all) {
        Integrity integrity = new Integrity(all);
        all.threads().values().forEach(integrity::checkThread);
        all.turns().values().forEach(turn -> integrity.checkListed("turn:" + turn.id()));
        all.checkpoints().values().forEach(integrity::checkCheckpoint);
        all.commits().values().forEach(integrity::checkCommit);
        integrity.checkPaths();
        return integrity.problems;
    }

    private void checkThread(ProjectThread thread) {
        if (all.project(thread.project()).isEmpty()) {
            problems.add("thread:" + thread.id() + " is in project:" + thread.project() + ", which is not there");
        }
        int active = 0;
        for (Item item : thread.items()) {
            checkItem(thread, item);
            active += item.kind() == Item.Kind.TURN && isActive(item.id()) ? 1 : 0;
        }
        if (active > 1 || (active == 1 && all.activeTurn(thread).isEmpty())) {
            problems.add("thread:" + thread.id() + " has " + active + " turns at work, not only its last one");
        }
    }

    private void checkItem(ProjectThread thread, Item item) {
        boolean isThere = switch (item.kind()) {
            case TURN ->
                all.turn(item.id())
                        .filter(turn -> turn.thread().equals(thread.id()))
                        .isPresent();
            case CHECKPOINT -> all.checkpoint(item.id()).isPresent();
            case COMMIT -> all.commit(item.id()).isPresent();
        };
        if (!isThere || !listed.add(item.toString())) {
            problems.add("thread:" + thread.id() + " lists " + item + ", which is not there or listed before");
        }
    }

    private boolean isActive(String turn) {
        return all.turn(turn).filter(known -> !known.status().isOver()).isPresent();
    }

    private void checkCheckpoint(Checkpoint checkpoint) {
        checkListed("checkpoint:" + checkpoint.id());
        checkTurn("checkpoint:" + checkpoint.id(), checkpoint.turn());
        checkReference("checkpoint:" + checkpoint.id(), checkpoint.outcome(), checkpoint.gitRef() != null);
    }

    private void checkCommit(GitCommit commit) {
        checkListed("commit:" + commit.id());
        checkTurn("commit:" + commit.id(), commit.turn());
        checkReference("commit:" + commit.id(), commit.outcome(), commit.gitRef() != null);
    }

    private void checkListed(String item) {
        if (!listed.contains(item)) {
            problems.add(item + " is in no thread");
        }
    }

    private void checkTurn(String item, String turn) {
        if (all.turn(turn).isEmpty()) {
            problems.add(item + " belongs to turn:" + turn + ", which is not there");
        }
    }

    private void checkReference(String item, GitOutcome outcome, boolean hasReference) {
        if (hasReference != (outcome == GitOutcome.DONE)) {
            problems.add(item + " is " + outcome.word() + (hasReference ? " with" : " without") + " a reference");
        }
    }

    private void checkPaths() {
        Set<String> paths = new HashSet<>();
        for (Project project : all.projects().values()) {
            if (!paths.add(project.path())) {
                problems.add("project:" + project.id() + " has the folder of another, " + project.path());
            }
        }
    }
}
