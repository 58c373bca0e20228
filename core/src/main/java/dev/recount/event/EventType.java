package dev.recount.event;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The stable name under which events of a class are stored. Classes can be renamed and moved; this name cannot.
 * Where commands are recorded, it names their classes, too.
 *
 * <pre>{@code
 * @EventType("seat.taken")
 * record SeatTaken(@Tag("seat") String seat, String guest) implements SeatEvent {}
 * }</pre>
 */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface EventType {

    /** The name that new events are stored under. */
    String value();

    /** Earlier names, still read. */
    String[] aliases() default {};

    /** The version of the schema that new events are stored with, from 1. Older ones are read through upcasters. */
    int version() default 1;
}
