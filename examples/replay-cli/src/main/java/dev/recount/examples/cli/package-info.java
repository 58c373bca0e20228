/** The commands of {@code recount}, each a class of its own, and the options they share. */
package dev.recount.examples.cli;
