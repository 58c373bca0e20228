package dev.recount.store.sqlite;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a copy has done. Immutable.
 *
 * @param source the id of the log that was copied
 * @param logId the id of the copy
 * @param read how many events were read
 * @param written how many events the copy has
 * @param types what became of the events, by the type they had, in the order of the types
 * @param receipts how many receipts were copied; one whose events were left out tells of none
 * @param ranges where the events went, stretch by stretch; a single one where all were kept
 */
public record CopyReport(
        String source,
        String logId,
        long read,
        long written,
        SortedMap<String, CopiedType> types,
        long receipts,
        List<CopiedRange> ranges) {

    /** Copies the collections. */
    public CopyReport {
        types = Collections.unmodifiableSortedMap(new TreeMap<>(types));
        ranges = List.copyOf(ranges);
    }

    /** What a checkpoint of the log becomes in the copy: whoever had read up to {@code sequence} goes on after it. */
    public long checkpoint(long sequence) {
        return CopiedRange.upTo(ranges, sequence);
    }

    /** What was found, in lines for people: each type whose events were not all kept, then the sum. */
    public String report() {
        StringBuilder report = new StringBuilder();
        for (Map.Entry<String, CopiedType> entry : types.entrySet()) {
            CopiedType type = entry.getValue();
            if (type.changed() + type.split() + type.dropped() > 0) {
                report.append(entry.getKey()).append(": ").append(type.kept()).append(" kept, ");
                report.append(type.changed())
                        .append(" changed, ")
                        .append(type.split())
                        .append(" split, ");
                report.append(type.dropped()).append(" dropped\n");
            }
        }
        return report.append(written + " events were written of " + read + ", and " + receipts + " receipts.")
                .toString();
    }
}
