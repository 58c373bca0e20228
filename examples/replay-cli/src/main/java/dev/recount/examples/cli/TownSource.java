package dev.recount.examples.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A folder of bead files that a town is made of, checked before anything is imported. */
final class TownSource {

    private static final String ISSUES = ".issues.jsonl";
    private static final Pattern RIG_NAME = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]{0,63}");

    private TownSource() {}

    /** Refuses a folder without bead files, or with one whose name is no rig's. */
    static void require(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw Failure.badInput("no_folder", "There is no folder at " + folder + ". Give the folder to import.");
        }
        List<Path> issues = issues(folder);
        if (issues.isEmpty()) {
            throw Failure.badInput(
                    "no_issues", folder + " holds no *.issues.jsonl. Give a folder with one such file for each rig.");
        }
        issues.forEach(TownSource::requireRigName);
    }

    private static List<Path> issues(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(ISSUES))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw Failure.badInput(
                    "no_folder",
                    "Folder " + folder + " cannot be read. Check its permissions, or give another folder.");
        }
    }

    private static void requireRigName(Path file) {
        String name = String.valueOf(file.getFileName());
        String rig = name.substring(0, name.length() - ISSUES.length());
        if (!RIG_NAME.matcher(rig).matches()) {
            throw Failure.badInput(
                    "bad_rig_name",
                    "The file " + file + " would make a rig called '" + rig + "', so nothing was imported. Rename it:"
                            + " a rig's name has 1 to 64 letters (a to z), digits, '_', '-' or '.', not '.' first.");
        }
    }
}
