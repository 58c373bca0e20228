/** Read, fold, decide, append; again on conflict. */
package dev.recount.command;
