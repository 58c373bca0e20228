/** The feed apart from any server: requests, answers, who may see what, and the streams. Begin at {@link dev.recount.feed.Feed}. */
package dev.recount.feed;
