package dev.recount.examples.town.importing;

import com.fasterxml.jackson.databind.JsonNode;
import dev.recount.EventLog;
import dev.recount.examples.town.TownEvent;
import dev.recount.examples.town.TownProjector;
import dev.recount.examples.town.TownState;
import java.nio.file.Path;
import java.util.ArrayList;
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
 * kept as they stand, as UTC.
 *
 * <p>What the log holds of a row is told by the row's id and content: importing again stores only what is new, also after an
 * interruption. A row whose id came with other content is reported, and what is stored stays. Memory does not grow with the
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

    /** An import into that rig; good for one file. */
    public static BeadsImport into(EventLog<TownEvent> rig) {
        return new BeadsImport(rig);
    }

    /**
     * Imports a file.
     *
     * @throws java.io.UncheckedIOException where the file cannot be read; the rows before that are stored
     */
    public ImportReport read(Path file) {
        String name = String.valueOf(file.getFileName());
        RowOrder.each(file, (number, line) -> {
            read++;
            try {
                take(Json.object(line));
            } catch (Unresolvable e) {
                unresolved.add(new Unresolved(name, number, String.valueOf(e.getMessage())));
            }
        });
        writer.flush();
        return new ImportReport(read, writer.stored(), beads.size(), contradictedTimes, unresolved);
    }

    private void take(JsonNode row) {
        RowShape known = shape == null ? RowShape.of(row) : shape;
        shape = known;
        SourceRow source = SourceRow.of(known.id(row), Json.canonical(row));
        if (inFile.match(source.id(), source.content()) != KnownRows.Match.NEW) {
            throw new Unresolvable(source.id() + " stands in the file before; the first one counts");
        }
        List<TownEvent> events = known.events(row, town);
        writer.write(source, events);
        town = PROJECTOR.projectAll(town, events);
        beads.add(known.bead(row));
        contradictedTimes += known.contradictsItsTime(row) ? 1 : 0;
    }
}
