package dev.recount.examples.cli;

import dev.recount.store.LogCheck;
import dev.recount.store.LogConsumer;
import dev.recount.store.RetentionRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a check found. Immutable.
 *
 * @param ok whether nothing is wrong
 * @param events how many events there are
 * @param head the sequence of the newest event ever stored
 * @param floor the sequence up to which events were removed by retention
 * @param logId the identity of the log
 * @param format the version of the file's format
 * @param chain whether the hash chain is whole: {@code ok} or {@code broken}
 * @param consumers those who read the log and how far, the slowest first
 * @param retentions what was removed from it, oldest first
 * @param problems the first problems of each kind of check
 * @param problemCount how many problems there are
 */
record Checked(
        boolean ok,
        long events,
        long head,
        long floor,
        String logId,
        int format,
        String chain,
        List<LogConsumer> consumers,
        List<RetentionRecord> retentions,
        List<Problem> problems,
        long problemCount) {

    /** Copies the lists. */
    Checked {
        consumers = List.copyOf(consumers);
        retentions = List.copyOf(retentions);
        problems = List.copyOf(problems);
    }

    /**
     * Something that is wrong. Immutable.
     *
     * @param sequence the event's sequence; 0 where it is not about one event
     * @param kind what kind of problem
     * @param reason what is wrong
     */
    record Problem(long sequence, String kind, String reason) {}

    /** The store's findings and the codec's. */
    static Checked of(
            LogCheck log,
            DecodingCheck.Findings decoding,
            List<LogConsumer> consumers,
            List<RetentionRecord> retentions) {
        List<Problem> problems = new ArrayList<>();
        log.problems().forEach(found -> problems.add(new Problem(found.sequence(), found.kind(), found.reason())));
        Set<Long> unreadable = problems.stream()
                .filter(problem -> problem.kind().equals(DecodingCheck.KIND))
                .map(Problem::sequence)
                .collect(Collectors.toSet());
        List<Problem> undecodable = decoding.problems().stream()
                .filter(problem -> !unreadable.contains(problem.sequence()))
                .toList();
        problems.addAll(undecodable);
        long known = (long) decoding.problems().size() - undecodable.size();
        long count = log.problemCount() + decoding.count() - known;
        return new Checked(
                count == 0,
                log.events(),
                log.head(),
                log.floor(),
                log.logId(),
                log.format(),
                log.chain(),
                consumers,
                retentions,
                problems,
                count);
    }
}
