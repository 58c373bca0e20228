package dev.recount.transfer;

import java.util.Optional;

/**
 * What identifies a log, and how far it is. Immutable.
 *
 * @param logId its identity, which a transfer keeps
 * @param createdAt when it was created, as it is stored
 * @param head the sequence of the newest event ever stored
 * @param headChain its hash, in hexadecimal
 * @param floor the sequence up to which events were removed
 * @param floorChain the hash of the event there, in hexadecimal
 * @param lastStoredAt the newest time of storing, as it is stored
 * @param standing who may append to it
 * @param seal what it was sealed with, where it is
 */
public record TransferState(
        String logId,
        String createdAt,
        long head,
        String headChain,
        long floor,
        String floorChain,
        String lastStoredAt,
        Standing standing,
        Optional<Seal> seal) {}
