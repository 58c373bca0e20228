/** How a log goes from one store to another and stays the same log: the port {@link dev.recount.transfer.TransferSource}. */
package dev.recount.transfer;
