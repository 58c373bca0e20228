package dev.recount.examples.cli;

import dev.recount.examples.town.TownLog;
import dev.recount.examples.town.importing.BeadsImport;
import dev.recount.examples.town.importing.ImportReport;
import dev.recount.store.EventStore;
import dev.recount.store.sqlite.SqliteOptions;
import java.nio.file.Path;

/** The forms of logs that can be imported. The names are what is typed. */
enum ImportFormat {
    beads {
        @Override
        SqliteOptions options() {
            return TownRig.options();
        }

        @Override
        ImportAnswer read(EventStore store, Path file) {
            ImportReport report = BeadsImport.into(TownLog.in(store)).read(file);
            return new ImportAnswer(
                    report.read(),
                    report.events(),
                    report.entities(),
                    report.unresolved().stream()
                            .map(line -> new ImportAnswer.Unresolved(line.line(), line.reason()))
                            .toList());
        }
    },
    jsonl {
        @Override
        SqliteOptions options() {
            return SqliteOptions.defaults();
        }

        @Override
        ImportAnswer read(EventStore store, Path file) {
            return new JsonlImport(store).read(file);
        }
    };

    /** How the rig is opened. */
    abstract SqliteOptions options();

    /** Takes all of a file into a log. */
    abstract ImportAnswer read(EventStore store, Path file);
}
