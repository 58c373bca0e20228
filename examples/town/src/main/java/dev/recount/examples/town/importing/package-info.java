/** Real logs and towns become events, without losing or inventing anything. */
package dev.recount.examples.town.importing;
