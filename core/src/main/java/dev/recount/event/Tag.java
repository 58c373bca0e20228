package dev.recount.event;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes a component of an event record a tag, so that no call site can forget it.
 *
 * <p>The component's text is the tag's value; a collection gives one tag for each element; null and an empty collection give
 * none. Components that share a key add up.
 */
@Documented
@Target(ElementType.RECORD_COMPONENT)
@Retention(RetentionPolicy.RUNTIME)
public @interface Tag {

    /** The tag's key, without a colon. */
    String value();
}
