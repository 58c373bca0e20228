package dev.recount.benchmarks.floor;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.recount.event.NewEvent;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/** One row, all made before the clock starts: texts, tags and the hash. Immutable. */
public final class RawRow {

    static final String TIME = "2026-01-01T00:00:00.000000Z";

    private final String type;
    private final String tagsJson;
    private final List<String> tags;
    private final String data;
    private final String metadata;
    private final byte[] hash;

    private RawRow(NewEvent event) {
        this.type = event.type();
        this.tagsJson = event.tags().toJson();
        this.tags = event.tags().asList();
        this.data = event.data();
        this.metadata = event.metadata().toJson();
        this.hash = hash(type + tagsJson + data + metadata);
    }

    /** The row of an encoded event. */
    public static RawRow of(NewEvent event) {
        return new RawRow(event);
    }

    String type() {
        return type;
    }

    String tagsJson() {
        return tagsJson;
    }

    List<String> tags() {
        return tags;
    }

    String data() {
        return data;
    }

    String metadata() {
        return metadata;
    }

    byte[] hash() {
        return hash;
    }

    /** Binds the columns from the sequence on, behind so many other parameters. */
    void bind(PreparedStatement insert, int after, long sequence) throws SQLException {
        insert.setLong(after + 1, sequence);
        insert.setString(after + 2, type);
        insert.setInt(after + 3, 1);
        insert.setString(after + 4, tagsJson);
        insert.setString(after + 5, data);
        insert.setString(after + 6, metadata);
        insert.setString(after + 7, TIME);
        insert.setString(after + 8, TIME);
        insert.setBytes(after + 9, hash);
    }

    void addTags(PreparedStatement insert, long sequence) throws SQLException {
        for (String tag : tags) {
            insert.setString(1, tag);
            insert.setLong(2, sequence);
            insert.addBatch();
        }
    }

    private static byte[] hash(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
