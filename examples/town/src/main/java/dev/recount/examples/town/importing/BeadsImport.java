package dev.recount.examples.town.importing;

import com.fasterxml.jackson.databind.JsonNode;
import dev.recount.EventLog;
import dev.recount.examples.town.TownEvent;
import dev.recount.examples.town.TownProjector;
import dev.recount.examples.town.TownState;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Imports a log of beads into a rig: every row becomes events, or is reported with its line and the reason.
 *
 * <p>Two shapes of rows are known, and told apart by their fields: the audit log of a bead tool ({@code id, issue_id, event_type,
 * ...}) and the history of a bead file ({@code seq, bead_id, type, ...}). One JSON object a line; a name ending in {@code .gz} is
 * unpacked on the way. Rows are taken in the order of their numbers where all have one, else in the order of the file. Times are
 * kept as they stand, as UTC. Where numbers are out of order, a row without one is reported.
 *
 * <p>What the log holds of a row is told by the row's id and content: importing again stores only what is new, also after an
 * interruption. So a rig from which retention removed events is refused. A row whose id came with other content is reported, and what is stored stays; so is a new row
 * that comes before a stored row of the same bead, because the log only grows at its end. Memory does not grow with the
 * file, but with the beads that are alive in it, and by 32 to 128 bytes for each row.
 *
 * <pre>{@code
 * ImportReport report = BeadsImport.into(TownLog.in(store)).read(Path.of("events.jsonl"));
 * }</pre>
 *
 * <p>Not thread-safe: use from one thread at a time.
 */
public final class BeadsImport {

    private static final TownProjector PROJECTOR = new TownProjector();

    private final RigWriter writer;
    private final KnownRows inFile = new KnownRows();
    private final Set<String> beads = new HashSet<>();
    private final List<Unresolved> unresolved = new ArrayList<>();
    private TownState town = TownState.empty();
    private @Nullable RowShape shape;
    private long read;
    private long contradictedTimes;

    private BeadsImport(EventLog<TownEvent> rig) {
        this.writer = new RigWriter(rig);
    }

    /**
     * An import into that rig; good for one file.
     *
     * @throws RowsRemoved where events of the rig were removed by retention
     */
    public static BeadsImport into(EventLog<TownEvent> rig) {
        RowsRemoved.requireNone("the rig", rig.store());
        return new BeadsImport(rig);
    }

    /**
     * Imports a file.
     *
     * @throws java.io.UncheckedIOException where the file cannot be read; the rows before that are stored
     */
    public ImportReport read(Path file) {
        String name = String.valueOf(file.getFileName());
        RowOrder order = RowOrder.of(file);
        LatestRows latest = order.isByNumber() ? writer.known().latest() : storedOf(file);
        order.each(
                (number, line) -> resolving(
                        name, number, () -> take(Json.object(line), latest, order.isByNumber() ? null : number)),
                (number, line) -> resolving(name, number, () -> {
                    throw misfit(line);
                }));
        writer.flush();
        return new ImportReport(read, writer.stored(), beads.size(), contradictedTimes, unresolved);
    }

    private void resolving(String file, long line, Runnable action) {
        read++;
        try {
            action.run();
        } catch (Unresolvable e) {
            unresolved.add(new Unresolved(file, line, String.valueOf(e.getMessage())));
        }
    }

    private static Unresolvable misfit(String line) {
        JsonNode row = Json.object(line);
        String id = Json.text(row, row.has("seq") && row.has("bead_id") ? "seq" : "id");
        return new Unresolvable(
                "its number '" + id + "' is not an integer, so that it has no place among the others, which"
                        + " stand out of order; give it one, or put the file in order");
    }

    // Rows without numbers have their places in the file alone, so the stored ones are looked up in it.
    private LatestRows storedOf(Path file) {
        LatestRows latest = new LatestRows();
        Lines.each(file, (line, text) -> {
            try {
                markStored(Json.object(text), line, latest);
            } catch (Unresolvable e) {
                // Reported when its turn comes.
            }
        });
        return latest;
    }

    private void markStored(JsonNode row, long line, LatestRows latest) {
        RowShape known = RowShape.of(row);
        String source = known.id(row);
        if (writer.known().holds(source)) {
            known.beads(row).forEach(bead -> latest.mark(source, bead, line));
        }
    }

    private void refuseLate(SourceRow source, Collection<String> beads, LatestRows latest, long place) {
        for (String bead : beads) {
            if (!writer.known().holds(source.id()) && latest.areBehind(source.id(), bead, place)) {
                throw new Unresolvable(
                        source.id() + " comes before a row of bead '" + bead
                                + "' that is stored already, and is not applied behind it; import the whole file into a new rig");
            }
        }
    }

    private void take(JsonNode row, LatestRows latest, @Nullable Long line) {
        RowShape known = shape == null ? RowShape.of(row) : shape;
        shape = known;
        SourceRow source = SourceRow.of(known.id(row), Json.canonical(row));
        if (inFile.match(source.id(), source.content()) != KnownRows.Match.NEW) {
            throw new Unresolvable(source.id() + " stands in the file before; the first one counts");
        }
        List<TownEvent> events = known.events(row, town);
        refuseLate(source, known.beads(row), latest, line == null ? RowOrder.place(source.id()) : line);
        writer.write(source, events);
        town = PROJECTOR.projectAll(town, events);
        beads.add(known.bead(row));
        contradictedTimes += known.contradictsItsTime(row) ? 1 : 0;
    }
}
