package dev.recount.store.jdbc;

import dev.recount.event.StoredEvent;
import dev.recount.sql.SqlReadModel;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What failed in one set of a model's tables. Not thread-safe: use from one thread at a time, in one transaction. */
final class ModelFailures {

    private final ModelSession writer;
    private final String model;
    private final long number;
    private final Optional<String> tagKey;
    private final InstantSource clock;
    private final Set<String> leftOut = new HashSet<>();

    private ModelFailures(ModelSession writer, SqlReadModel model, long number, InstantSource clock) {
        this.writer = writer;
        this.model = model.name();
        this.number = number;
        this.tagKey = model.onFailure().tagKey();
        this.clock = clock;
    }

    static ModelFailures of(ModelSession writer, SqlReadModel model, long number, InstantSource clock)
            throws SQLException {
        ModelFailures failures = new ModelFailures(writer, model, number, clock);
        failures.load();
        return failures;
    }

    /**
     * Reads what is in quarantine, again after a part of the transaction was taken back. Also where the policy is another by now: whoever
     * was left out is so until the tables are built anew, since what was missed has its place in the order.
     */
    void load() throws SQLException {
        leftOut.clear();
        leftOut.addAll(writer.texts(
                "SELECT tag FROM recount_read_model_failures WHERE model = ? AND number = ? AND tag <> ''",
                model,
                number));
    }

    /** Whether an event is in quarantine; then it is counted. */
    boolean leavesOut(StoredEvent event) throws SQLException {
        if (leftOut.isEmpty()) {
            return false;
        }
        Optional<String> tag =
                event.tags().asList().stream().filter(leftOut::contains).findFirst();
        if (tag.isPresent()) {
            writer.run(
                    "UPDATE recount_read_model_failures SET left_out = left_out + 1"
                            + " WHERE model = ? AND number = ? AND tag = ?",
                    model,
                    number,
                    tag.get());
        }
        return tag.isPresent();
    }

    /** Takes note of an event that was not applied; true where only what it concerns is left out, false where the model stops. */
    boolean quarantine(StoredEvent event, Throwable cause) throws SQLException {
        List<String> tags = tagsOf(event);
        for (String tag : tags) {
            save(tag, event.sequence(), FailureText.of(cause), 1);
            leftOut.add(tag);
        }
        if (tags.isEmpty()) {
            stop(event.sequence(), FailureText.of(cause));
        }
        return !tags.isEmpty();
    }

    /** The model goes no further. */
    void stop(long sequence, String cause) throws SQLException {
        save("", sequence, cause, 0);
    }

    private void save(String tag, long sequence, String cause, long count) throws SQLException {
        writer.run(
                "INSERT INTO recount_read_model_failures"
                        + " (model, number, tag, sequence, cause, failed_at, left_out) VALUES (?, ?, ?, ?, ?, ?, ?)"
                        + " ON CONFLICT (model, number, tag) DO UPDATE SET sequence = excluded.sequence,"
                        + " cause = excluded.cause, failed_at = excluded.failed_at, left_out = excluded.left_out",
                model,
                number,
                tag,
                sequence,
                cause,
                clock.instant(),
                count);
    }

    private List<String> tagsOf(StoredEvent event) {
        return tagKey.map(key -> event.tags().values(key).stream()
                        .map(value -> key + ":" + value)
                        .toList())
                .orElse(List.of());
    }
}
