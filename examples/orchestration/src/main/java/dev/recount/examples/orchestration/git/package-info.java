/** What git does for a thread: a reactor says what is wanted, an effect does it, once. */
package dev.recount.examples.orchestration.git;
