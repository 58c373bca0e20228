package dev.recount.store.postgres;

import dev.recount.store.Receipt;
import dev.recount.transfer.Seal;
import dev.recount.transfer.TransferMarks;
import dev.recount.transfer.TransferRow;
import dev.recount.transfer.TransferSource;
import dev.recount.transfer.TransferState;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** A source whose program is killed when it has answered so many calls: the answer to the last one reaches nobody. */
final class KilledSource implements TransferSource {

    private final TransferSource source;
    private int left;

    KilledSource(TransferSource source, int answers) {
        this.source = source;
        this.left = answers;
    }

    static final class Killed extends Error {
        Killed() {
            super("killed", null, false, false);
        }
    }

    private <T> T answer(Supplier<T> call) {
        T answer = call.get();
        if (--left < 0) {
            throw new Killed();
        }
        return answer;
    }

    @Override
    public TransferState state() {
        return answer(source::state);
    }

    // A few at a time, so that a log of a few events is copied in several steps.
    @Override
    public List<TransferRow> rows(long after, int limit) {
        return answer(() -> source.rows(after, 4));
    }

    @Override
    public Optional<String> chainAt(long sequence) {
        return answer(() -> source.chainAt(sequence));
    }

    @Override
    public List<Receipt> receipts(Optional<String> after, long since, int limit) {
        return answer(() -> source.receipts(after, since, limit));
    }

    @Override
    public TransferMarks marks() {
        return answer(source::marks);
    }

    @Override
    public TransferState seal(Seal seal) {
        return answer(() -> source.seal(seal));
    }
}
