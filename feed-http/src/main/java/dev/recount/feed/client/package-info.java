/**
 * Follows a feed from another program: resumes by itself, tells when it has to start over, and rebuilds read models from the stream
 * alone.
 */
package dev.recount.feed.client;
