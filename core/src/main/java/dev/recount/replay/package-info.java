/** Read models computed from sequence zero. */
package dev.recount.replay;
