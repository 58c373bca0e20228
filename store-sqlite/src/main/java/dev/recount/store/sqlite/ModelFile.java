package dev.recount.store.sqlite;

import java.nio.file.Path;
import java.time.InstantSource;

/** What writing to a read model's tables needs to know of a store. Immutable. */
record ModelFile(Path path, InstantSource clock) {}
