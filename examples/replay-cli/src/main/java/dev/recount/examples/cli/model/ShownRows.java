package dev.recount.examples.cli.model;

import dev.recount.codec.jackson.JacksonRows;
import dev.recount.replay.StateRows;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The rows of what a model shows of its state. */
final class ShownRows<S> implements StateRows<S> {

    private final Model<S, ?> model;
    private final StateRows<Object> shown = JacksonRows.create();

    ShownRows(Model<S, ?> model) {
        this.model = model;
    }

    @Override
    public Set<String> keys(S state) {
        return shown.keys(model.view(state));
    }

    @Override
    public Optional<Map<String, @Nullable Object>> row(S state, String key) {
        return shown.row(model.view(state), key);
    }
}
