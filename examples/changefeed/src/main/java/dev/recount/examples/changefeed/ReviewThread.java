package dev.recount.examples.changefeed;

/**
 * What a reviewer said about a line. Immutable.
 *
 * @param id unique within its pull request
 * @param path the file
 * @param line the line, from 1
 * @param author who said it
 * @param text what was said
 * @param resolved whether it is settled
 */
public record ReviewThread(String id, String path, int line, String author, String text, boolean resolved) {

    ReviewThread settled() {
        return new ReviewThread(id, path, line, author, text, true);
    }
}
