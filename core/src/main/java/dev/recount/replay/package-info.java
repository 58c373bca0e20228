/** Read models computed from sequence zero, once or kept current; and decisions made again by other rules. */
package dev.recount.replay;
