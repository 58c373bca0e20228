package dev.recount.store.sqlite;

/** What an append survives once it has returned. */
public enum Durability {

    /** A killed process and a power cut: every append waits until the disk has it. The default. */
    FULL("FULL"),

    /** A killed process. A power cut may take the newest appends, never a part of one, and never damages the file. */
    NORMAL("NORMAL");

    private final String synchronous;

    Durability(String synchronous) {
        this.synchronous = synchronous;
    }

    String synchronous() {
        return synchronous;
    }
}
