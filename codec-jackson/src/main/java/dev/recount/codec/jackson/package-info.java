/**
 * Events to JSON and back with Jackson, which stays out of every public signature.
 *
 * <p>Start at {@link dev.recount.codec.jackson.JacksonCodec}. Old events are read through an
 * {@link dev.recount.codec.jackson.Upcaster}.
 *
 * <p><strong>What events may hold.</strong> Records, enums, texts, numbers, booleans, ids, the types of {@code java.time},
 * byte arrays, and optionals, collections and maps of these. A component whose declared type is an interface, an abstract or
 * an open class is refused when the codec is built, because its values could be written but not read back; so are
 * {@code Object} and raw collections. A sealed interface inside an event is therefore not supported, unless its type carries
 * Jackson annotations of its own.
 *
 * <p><strong>How events are written.</strong> One line; fields in the order of the record's components; a null component and an
 * empty optional are left out; times and durations as ISO-8601 text. Maps and sets keep the order they have: give them a
 * defined one where the same event must always give the same text. A field that is missing reads as null, which the record's
 * own constructor may refuse; a missing primitive is refused. Unknown fields are ignored. Whatever would change a value
 * silently is refused: text for numbers, fractions or too large numbers for integers, duplicate fields, unknown constants.
 *
 * <p><strong>On the module path</strong> public records in a package that their module exports need nothing more. Otherwise
 * the module opens the package to Jackson, and to Jackson alone:
 *
 * <pre>{@code
 * module dev.recount.examples.quickstart {
 *     requires dev.recount.codec.jackson;
 *     requires dev.recount.store.sqlite;
 *     requires static org.jspecify;
 *
 *     opens dev.recount.examples.quickstart to com.fasterxml.jackson.databind;
 * }
 * }</pre>
 */
package dev.recount.codec.jackson;
