package dev.recount.store.sqlite;

import java.util.regex.Pattern;

/** What a rig may be called, so that its name is a file's name on every system and leads out of no folder. */
final class RigName {

    private static final String SUFFIX = ".db";
    private static final Pattern VALID = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]{0,63}");

    private RigName() {}

    static boolean isValid(String name) {
        return VALID.matcher(name).matches();
    }

    static void require(String name) {
        if (!isValid(name)) {
            String shown = name.length() > 80 ? name.substring(0, 80) + "..." : name;
            throw new IllegalArgumentException("Rig name '" + shown
                    + "' cannot be a file's name everywhere. Give 1 to 64 letters (a to z), digits, '_', '-' or '.', not '.'"
                    + " first.");
        }
    }

    static String fileName(String rig) {
        return rig + SUFFIX;
    }

    static boolean isFileName(String fileName) {
        return fileName.endsWith(SUFFIX) && isValid(ofFile(fileName));
    }

    static String ofFile(String fileName) {
        return fileName.substring(0, fileName.length() - SUFFIX.length());
    }
}
