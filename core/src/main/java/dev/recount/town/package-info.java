/** Many logs as one: the port {@link dev.recount.town.Town}, and how far a reader has got in each of its rigs. */
package dev.recount.town;
