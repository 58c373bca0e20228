package dev.recount.event;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Consecutive events of a page without their tags, metadata and times: what a codec needs to decode them, in one piece, so that
 * a replay of a million events makes few objects.
 *
 * <p>The data of all events stand one after the other in {@link #utf8}, with nothing but spaces between them: one parser reads
 * them all.
 *
 * <p>Immutable, as long as nobody changes the bytes.
 */
public final class PackedEvents {

    private static final PackedEvents NONE = over(new byte[0], 0).build();

    private final byte[] utf8;
    private final int size;
    private final long first;
    private final long @Nullable [] sequences;
    private final String[] types;
    private final int[] versions;
    private final int[] starts;
    private final int[] ends;

    private PackedEvents(Builder builder) {
        this.utf8 = builder.utf8;
        this.size = builder.size;
        this.first = builder.first;
        this.sequences = builder.sequences;
        this.types = builder.types;
        this.versions = builder.versions;
        this.starts = builder.starts;
        this.ends = builder.ends;
    }

    /** No events. */
    public static PackedEvents none() {
        return NONE;
    }

    /**
     * Begins to name the events that are in {@code utf8}. The array is taken over: what stands between the events is blanked, and
     * nobody else may change it from now on.
     *
     * @param capacity how many events there will be at most
     */
    public static Builder over(byte[] utf8, int capacity) {
        return new Builder(utf8, capacity);
    }

    /** How many there are. */
    public int size() {
        return size;
    }

    /** The sequence of the event at that index, which counts from 0. */
    public long sequence(int index) {
        return sequences == null ? first + index : sequences[index];
    }

    /** Its stable type name. */
    public String type(int index) {
        return types[index];
    }

    /** The version of its type's schema. */
    public int version(int index) {
        return versions[index];
    }

    /** Its data. */
    public String data(int index) {
        return new String(utf8, starts[index], ends[index] - starts[index], UTF_8);
    }

    /** Where its data begin in {@link #utf8}. */
    public int start(int index) {
        return starts[index];
    }

    /** Where its data end in {@link #utf8}: the index after the last byte. */
    public int end(int index) {
        return ends[index];
    }

    /** The bytes that hold the data of all events. Not a copy: they must not be changed. */
    public byte[] utf8() {
        return utf8;
    }

    @Override
    public String toString() {
        return size + " packed events" + (size == 0 ? "" : " from sequence " + first);
    }

    /** Names the events one after the other. Not thread-safe: use from one thread at a time. */
    public static final class Builder {

        private final byte[] utf8;
        private final int capacity;
        private final String[] types;
        private final int[] versions;
        private final int[] starts;
        private final int[] ends;
        private long first;
        // Only where some are left out between them.
        private long @Nullable [] sequences;
        private int size;
        private int blankedTo;

        private Builder(byte[] utf8, int capacity) {
            this.utf8 = utf8;
            this.capacity = capacity;
            this.types = new String[capacity];
            this.versions = new int[capacity];
            this.starts = new int[capacity];
            this.ends = new int[capacity];
        }

        /** The next event, whose data are at {@code start} up to and without {@code end}, after those of the event before. */
        public void add(long sequence, String type, int version, int start, int end) {
            Arrays.fill(utf8, blankedTo, start, (byte) ' ');
            keep(sequence);
            types[size] = type;
            versions[size] = version;
            starts[size] = start;
            ends[size] = end;
            size++;
            blankedTo = end;
        }

        private void keep(long sequence) {
            if (size == 0) {
                first = sequence;
            }
            if (sequences == null && sequence != first + size) {
                sequences = new long[capacity];
                Arrays.setAll(sequences, i -> first + i);
            }
            if (sequences != null) {
                sequences[size] = sequence;
            }
        }

        /** The events named so far; the builder is of no more use. */
        public PackedEvents build() {
            Arrays.fill(utf8, blankedTo, utf8.length, (byte) ' ');
            return new PackedEvents(this);
        }
    }
}
