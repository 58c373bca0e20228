package dev.recount.examples.orchestration;

import java.util.ArrayDeque;
import java.util.Deque;

/** Folders of projects, written in one way each. */
final class ProjectPath {

    // A tag has room for 500 characters.
    private static final int LONGEST = 400;

    private ProjectPath() {}

    /**
     * The same folder without {@code .}, {@code ..}, empty parts and a slash at the end. By the text alone: links are not followed, since
     * a decision asks no file system.
     *
     * @throws IllegalArgumentException where it does not begin with a slash, or is longer than 400 characters
     */
    static String normalised(String path) {
        if (!path.startsWith("/") || path.length() > LONGEST) {
            throw new IllegalArgumentException("Path '" + path + "' is not one of a project. Give an absolute one, "
                    + "with slashes, of at most " + LONGEST + " characters.");
        }
        Deque<String> parts = new ArrayDeque<>();
        for (String part : path.split("/", -1)) {
            if (part.equals("..")) {
                parts.pollLast();
            } else if (!part.isEmpty() && !part.equals(".")) {
                parts.addLast(part);
            }
        }
        return "/" + String.join("/", parts);
    }
}
