package dev.recount.store.sqlite;

import dev.recount.store.StoreUnavailable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The directory of a town and the rigs' files in it. Thread-safe. */
final class RigFolder {

    private final Path directory;
    private final Set<String> regular = ConcurrentHashMap.newKeySet();

    RigFolder(Path directory) {
        this.directory = directory;
    }

    Path directory() {
        return directory;
    }

    /**
     * The names of all rigs, sorted.
     *
     * @throws StoreUnavailable where the directory cannot be read
     */
    List<String> names() {
        // Names only: to look at each of a thousand rigs' files would take longer than to ask the rigs themselves.
        String[] files = directory.toFile().list();
        if (files == null) {
            throw new StoreUnavailable("Town " + directory + " cannot be read. Check its permissions.", null);
        }
        List<String> names = new ArrayList<>();
        for (String file : files) {
            if (regular.contains(file) || isRig(file)) {
                names.add(RigName.ofFile(file));
            }
        }
        Collections.sort(names);
        return names;
    }

    private boolean isRig(String file) {
        boolean rig = RigName.isFileName(file) && Files.isRegularFile(directory.resolve(file));
        if (rig) {
            regular.add(file);
        }
        return rig;
    }

    Path fileOf(String rig) {
        return directory.resolve(RigName.fileName(rig));
    }

    StoreUnavailable isGone(String rig) {
        return OpenedFile.gone(fileOf(rig));
    }
}
