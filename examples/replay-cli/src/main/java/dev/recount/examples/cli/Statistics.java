package dev.recount.examples.cli;

import dev.recount.event.StoredEvent;
import dev.recount.store.LogInfo;
import dev.recount.store.RetentionRecord;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a log holds, in numbers. Days are those on which events happened, in UTC. Not thread-safe. */
final class Statistics {

    private final String rig;
    private final LogInfo log;
    private final FileSizes files;
    private final Map<String, Long> types = new TreeMap<>();
    private final Map<String, Long> tagKeys = new TreeMap<>();
    private final List<RetentionRecord> retentions = new ArrayList<>();
    private final SortedMap<LocalDate, Long> days = new TreeMap<>();
    private long events;
    private long dataBytes;
    private long largestData;
    private @Nullable Instant firstOccurred;
    private @Nullable Instant lastOccurred;
    private @Nullable Instant firstStored;
    private @Nullable Instant lastStored;

    Statistics(String rig, LogInfo log, FileSizes files) {
        this.rig = rig;
        this.log = log;
        this.files = files;
    }

    void add(StoredEvent event) {
        events++;
        types.merge(event.type(), 1L, Long::sum);
        days.merge(LocalDate.ofInstant(event.occurredAt(), ZoneOffset.UTC), 1L, Long::sum);
        addTagKeys(event);
        addSize(event.data().getBytes(StandardCharsets.UTF_8).length);
        addTimes(event);
    }

    /** What was removed. */
    void add(List<RetentionRecord> removed) {
        retentions.addAll(removed);
    }

    /** How many events were removed by retention. */
    long removed() {
        return retentions.stream().mapToLong(RetentionRecord::events).sum();
    }

    String rig() {
        return rig;
    }

    long events() {
        return events;
    }

    FileSizes files() {
        return files;
    }

    long dataBytes() {
        return dataBytes;
    }

    long largestData() {
        return largestData;
    }

    /** When the earliest and the latest event happened, as people read it. */
    String span() {
        return firstOccurred == null || lastOccurred == null
                ? "no events"
                : FeedLine.time(firstOccurred) + " to " + FeedLine.time(lastOccurred);
    }

    /** Events by type, most frequent first. */
    Map<String, Long> types() {
        return mostFirst(types);
    }

    /** Events by tag key, most frequent first: how many events have a tag of that key. */
    Map<String, Long> tagKeys() {
        return mostFirst(tagKeys);
    }

    /** Events by day. */
    SortedMap<LocalDate, Long> days() {
        return Collections.unmodifiableSortedMap(days);
    }

    /** All of it, as programs read it. */
    Map<String, @Nullable Object> asAnswer() {
        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
        answer.put("rig", rig);
        answer.put("logId", log.logId());
        answer.put("events", events);
        answer.put("head", log.head());
        answer.put("floor", log.floor());
        answer.put("retentions", retentions);
        answer.put("types", types());
        answer.put("tagKeys", tagKeys());
        answer.put("days", days());
        answer.put(
                "sizes", Map.of("file", files.file(), "wal", files.wal(), "data", dataBytes, "largest", largestData));
        answer.put("occurredAt", span(firstOccurred, lastOccurred));
        answer.put("storedAt", span(firstStored, lastStored));
        return answer;
    }

    private void addTagKeys(StoredEvent event) {
        Set<String> keys = new HashSet<>();
        for (String tag : event.tags()) {
            keys.add(tag.substring(0, tag.indexOf(':')));
        }
        keys.forEach(key -> tagKeys.merge(key, 1L, Long::sum));
    }

    private void addSize(int bytes) {
        dataBytes += bytes;
        largestData = Math.max(largestData, bytes);
    }

    private void addTimes(StoredEvent event) {
        Instant occurred = event.occurredAt();
        firstOccurred = firstOccurred == null || occurred.isBefore(firstOccurred) ? occurred : firstOccurred;
        lastOccurred = lastOccurred == null || occurred.isAfter(lastOccurred) ? occurred : lastOccurred;
        firstStored = firstStored == null ? event.storedAt() : firstStored;
        lastStored = event.storedAt();
    }

    private static Map<String, @Nullable Instant> span(@Nullable Instant first, @Nullable Instant last) {
        Map<String, @Nullable Instant> span = new LinkedHashMap<>();
        span.put("first", first);
        span.put("last", last);
        return span;
    }

    private static Map<String, Long> mostFirst(Map<String, Long> counts) {
        Map<String, Long> sorted = new LinkedHashMap<>();
        counts.entrySet().stream()
                .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                .forEach(entry -> sorted.put(entry.getKey(), entry.getValue()));
        return sorted;
    }
}
