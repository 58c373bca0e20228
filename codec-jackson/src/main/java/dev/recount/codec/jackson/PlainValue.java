package dev.recount.codec.jackson;

import org.jspecify.annotations.Nullable;

/** Reads values of one type where they stand in plain form. Immutable. */
@FunctionalInterface
interface PlainValue {

    /** The value that Jackson would read; null where it is to be asked, and the reader may stand anywhere then. */
    @Nullable
    Object read(PlainJson json);
}
