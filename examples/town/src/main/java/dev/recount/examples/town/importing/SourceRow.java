package dev.recount.examples.town.importing;

/**
 * Where events came from. Immutable.
 *
 * @param id what identifies the row in its source
 * @param content a digest of what it says
 */
record SourceRow(String id, long content) {

    static SourceRow of(String id, String content) {
        return new SourceRow(id, Digest.of(content));
    }
}
