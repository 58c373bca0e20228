package dev.recount.examples.town.importing;

import com.fasterxml.jackson.databind.JsonNode;
import dev.recount.EventLog;
import dev.recount.examples.town.TownEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Imports a town from a folder: {@code *.issues.jsonl} with the beads of one rig each, {@code routes.jsonl}, and
 * {@code town.events.jsonl}, the town's activity feed.
 *
 * <p>A bead belongs to the rig whose file it stands in: two rigs of a real town share a prefix, so a route is a hint and the file
 * is the truth. An id that stands in a second file is reported there. Each bead becomes a {@code created} event with what its record says, and one more
 * for its outcome. Rows of the feed go to the rig of the bead or agent that they name. All events of a rig go into its log in the
 * order of their times, none before the creation of its bead.
 *
 * <p>Importing again stores only what is new; so nothing is imported where retention removed events from one of the rigs. Memory grows with the town's beads, which are sorted before they are stored.
 *
 * <p>Not thread-safe: use from one thread at a time.
 */
public final class TownImport {

    private static final String ISSUES = ".issues.jsonl";

    private final Function<String, EventLog<TownEvent>> rigLogs;
    private final SortedMap<String, List<TimedRow>> rows = new TreeMap<>();
    private final Map<String, String> rigOfBead = new HashMap<>();
    private final Map<String, Instant> createdAt = new HashMap<>();
    private final List<Unresolved> unresolved = new ArrayList<>();
    private long read;
    private long stored;

    private TownImport(Function<String, EventLog<TownEvent>> rigLogs) {
        this.rigLogs = rigLogs;
    }

    /** An import into these rigs by name; good for one folder. */
    public static TownImport into(Function<String, EventLog<TownEvent>> rigLogs) {
        return new TownImport(rigLogs);
    }

    /**
     * Imports a folder.
     *
     * @throws UncheckedIOException where a file cannot be read; nothing is stored
     * @throws RowsRemoved where events of one of the rigs were removed by retention
     */
    public ImportReport read(Path folder) {
        Path routesFile = folder.resolve("routes.jsonl");
        Routes routes = Files.exists(routesFile) ? Routes.read(routesFile) : new Routes(Map.of());
        for (Path file : issueFiles(folder)) {
            readIssues(file);
        }
        Path feed = folder.resolve("town.events.jsonl");
        if (Files.exists(feed)) {
            readFeed(feed, new FeedRows(rigOfBead, rows.keySet(), routes));
        }
        rows.keySet()
                .forEach(rig -> RowsRemoved.requireNone(
                        "rig '" + rig + "'", rigLogs.apply(rig).store()));
        rows.forEach(this::store);
        return new ImportReport(read, stored, rigOfBead.size(), 0, unresolved);
    }

    private void readIssues(Path file) {
        String name = fileName(file);
        String rig = name.substring(0, name.length() - ISSUES.length());
        List<TimedRow> rowsOfRig = rows.computeIfAbsent(rig, key -> new ArrayList<>());
        Lines.each(
                file,
                (number, line) -> resolving(name, number, () -> {
                    IssueRecord record = new IssueRecord(Json.object(line));
                    String bead = record.id();
                    String other = rigOfBead.putIfAbsent(bead, rig);
                    if (other != null) {
                        throw new Unresolvable("bead '" + bead + "' stands in the issues of " + other + " already");
                    }
                    addRecord(rowsOfRig, record, name, number);
                }));
    }

    private void addRecord(List<TimedRow> rowsOfRig, IssueRecord record, String file, long line) {
        Instant created = record.created().occurredAt();
        createdAt.put(record.id(), created);
        rowsOfRig.add(row(record.id() + " created", file, line, record.created()));
        record.outcome().ifPresent(event -> rowsOfRig.add(row(record.id() + " outcome", file, line, event)));
    }

    private void readFeed(Path file, FeedRows feed) {
        String name = fileName(file);
        Lines.each(
                file,
                (number, line) -> resolving(name, number, () -> {
                    JsonNode json = Json.object(line);
                    FeedRows.Located located = feed.locate(json);
                    rows.getOrDefault(located.rig(), List.of())
                            .add(row("feed " + number, name, number, located.event()));
                }));
    }

    private void resolving(String file, long line, Runnable action) {
        read++;
        try {
            action.run();
        } catch (Unresolvable e) {
            unresolved.add(new Unresolved(file, line, String.valueOf(e.getMessage())));
        }
    }

    // Real records can be closed a moment before they are created, and slung before they are recorded.
    private TimedRow row(String id, String file, long line, TownEvent event) {
        Instant at = event.occurredAt();
        Instant created = event.bead() == null ? at : createdAt.getOrDefault(event.bead(), at);
        Instant order = at.isBefore(created) ? created : at;
        return new TimedRow(SourceRow.of(id, event.toString()), file, line, order, event);
    }

    private void store(String rig, List<TimedRow> rowsOfRig) {
        rowsOfRig.sort(Comparator.comparing(TimedRow::order));
        RigWriter writer = new RigWriter(rigLogs.apply(rig));
        for (TimedRow row : rowsOfRig) {
            try {
                writer.write(row.source(), List.of(row.event()));
            } catch (Unresolvable e) {
                unresolved.add(new Unresolved(row.file(), row.line(), String.valueOf(e.getMessage())));
            }
        }
        writer.flush();
        stored += writer.stored();
    }

    private static List<Path> issueFiles(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> fileName(file).endsWith(ISSUES))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("Folder " + folder + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static String fileName(Path file) {
        return String.valueOf(file.getFileName());
    }
}
