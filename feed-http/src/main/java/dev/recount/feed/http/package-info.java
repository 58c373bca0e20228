/** The feed behind the JDK's own HTTP server. */
package dev.recount.feed.http;
