package dev.recount.benchmarks.measure;

import dev.recount.benchmarks.beads.Bead;
import dev.recount.benchmarks.beads.BeadEvent;
import dev.recount.benchmarks.beads.BeadEvents;
import dev.recount.benchmarks.beads.BeadModels;
import dev.recount.benchmarks.report.Contest;
import dev.recount.benchmarks.report.Rounds;
import dev.recount.benchmarks.report.Target;
import dev.recount.decider.Projector;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.organicdesign.fp.collections.ImMap;
import org.organicdesign.fp.collections.PersistentHashMap;

/** A large model, folded from events that are decoded already. */
final class ModelMeasures implements Group {

    private static final int PAGE = 500;
    private static final int EVENTS_PER_ENTITY = 4;

    @Override
    public String title() {
        return "Large models";
    }

    @Override
    public String about() {
        return """
            The fold alone, over events that are decoded already, into a map of 100,000 beads that is there before. The
            floor is a plain fold into one mutable hash map that nobody else may look at. Ours publishes an immutable map:
            `model.large` after every 500 events, with `Projector.inBatches` over a persistent map that is transient
            inside a batch; `model.each` after every single event, with the same projector; `model.persistent` after every
            event, with the persistent map alone, and `model.vavr` with another one. Copying a hash map for each event is
            not here: it takes milliseconds for each.
            """;
    }

    @Override
    public List<String> measures() {
        return List.of("model.large", "model.each", "model.persistent", "model.vavr");
    }

    @Override
    public void run(Run run) throws Exception {
        if (measures().stream().noneMatch(run::wants)) {
            return;
        }
        Map<String, Bead> known = new HashMap<>();
        for (int bead = 0; bead < run.scale().entities(); bead++) {
            known.put(BeadEvents.beadId(bead), Bead.UNKNOWN);
        }
        List<BeadEvent> events = new ArrayList<>();
        BeadEvents of = BeadEvents.of(run.scale().entities());
        events.addAll(of.take(run.scale().entities() * EVENTS_PER_ENTITY));
        report(run, contest(known, events).run(1, run.scale().rounds()));
    }

    private static Contest contest(Map<String, Bead> known, List<BeadEvent> events) {
        Map<String, Bead> mutable = new HashMap<>(known);
        ImMap<String, Bead> persistent = PersistentHashMap.of(known.entrySet());
        io.vavr.collection.HashMap<String, Bead> vavr = io.vavr.collection.HashMap.ofAll(known);
        return new Contest()
                .lane(
                        "floor",
                        () -> nanosEach(events, () -> {
                            events.forEach(event -> BeadModels.change(mutable, event));
                            return mutable;
                        }))
                .lane("large", () -> nanosEach(events, () -> inPages(persistent, events, PAGE)))
                .lane("each", () -> nanosEach(events, () -> inPages(persistent, events, 1)))
                .lane(
                        "persistent",
                        () -> nanosEach(events, () -> {
                            ImMap<String, Bead> beads = persistent;
                            for (BeadEvent event : events) {
                                beads = beads.assoc(event.bead(), Bead.after(beads.get(event.bead()), event));
                            }
                            return beads;
                        }))
                .lane(
                        "vavr",
                        () -> nanosEach(events, () -> {
                            io.vavr.collection.HashMap<String, Bead> beads = vavr;
                            for (BeadEvent event : events) {
                                beads = beads.put(
                                        event.bead(),
                                        Bead.after(beads.get(event.bead()).getOrNull(), event));
                            }
                            return beads;
                        }));
    }

    private void report(Run run, Rounds rounds) {
        String unit = "ns/event";
        run.report(this, rounds.measure("model.large", "large", "floor", unit, Target.none()));
        run.report(this, rounds.measure("model.each", "each", "floor", unit, Target.none()));
        run.report(this, rounds.measure("model.persistent", "persistent", "floor", unit, Target.none()));
        run.report(this, rounds.measure("model.vavr", "vavr", "floor", unit, Target.none()));
    }

    private static ImMap<String, Bead> inPages(ImMap<String, Bead> before, List<BeadEvent> events, int page) {
        Projector<ImMap<String, Bead>, BeadEvent> projector = BeadModels.inTransientMap();
        ImMap<String, Bead> beads = before;
        for (int from = 0; from < events.size(); from += page) {
            beads = projector.projectAll(beads, events.subList(from, Math.min(events.size(), from + page)));
        }
        return beads;
    }

    /** Folds; gives the map, so that it is used. */
    @FunctionalInterface
    private interface Fold {
        Object beads();
    }

    private static double nanosEach(List<BeadEvent> events, Fold fold) {
        long before = System.nanoTime();
        Object beads = fold.beads();
        double nanos = System.nanoTime() - before;
        if (beads.hashCode() == 0 && events.isEmpty()) {
            throw new IllegalStateException("Nothing was folded.");
        }
        return nanos / events.size();
    }
}
