/** States that are kept beside the log, so that decisions and replays start from them instead of from zero. */
package dev.recount.snapshot;
