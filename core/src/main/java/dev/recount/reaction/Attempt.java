package dev.recount.reaction;

/**
 * One try of an effect. Immutable.
 *
 * @param key the same in each try of the same intent, and of no other intent of any reactor and log; made of letters, digits and
 *     {@code . _ -}, so it can be part of a file's name. It is the command id of the outcome, too
 * @param number which try it is, from 1; tries that a crash broke off count, and after a retry by hand it is 1 again
 * @param fence rises each time that another instance takes the reactor over. Pass it on to whatever can refuse a lower one than it has
 *     seen: so an instance that was held up, and does not know yet that another has taken over, does no harm
 */
public record Attempt(String key, int number, long fence) {}
