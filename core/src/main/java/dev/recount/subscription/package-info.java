/** Catch-up and live reading as one loop, from the reader's own checkpoint. */
package dev.recount.subscription;
