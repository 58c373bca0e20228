package dev.recount.feed;

import java.util.Optional;

/**
 * Why nobody can read on from a town's cursor. Immutable.
 *
 * @param rig the rig in which that is so; empty where it is not known, or the whole town
 */
record TownReset(Reason reason, Optional<String> rig) {

    /** Why. The first three are those of a rig's cursor. */
    enum Reason {
        AHEAD_OF_HEAD("ends before the cursor: an older copy was restored"),
        BELOW_FLOOR("has lost events behind the cursor to retention"),
        OTHER_LOG("holds something else where the cursor is: it was replaced, or went another way"),
        RIG_GONE("is not there any more");

        private final String text;

        Reason(String text) {
            this.text = text;
        }
    }

    static TownReset of(Reason reason, String rig) {
        return new TownReset(reason, Optional.of(rig));
    }

    static TownReset ofTown(Reason reason) {
        return new TownReset(reason, Optional.empty());
    }

    /** For people. */
    String message() {
        return rig.map(name -> "Rig " + name + " ").orElse("A rig of the cursor ") + reason.text + ".";
    }

    /** The frame that tells a client so. */
    String frame(String given, String head) {
        return Frames.reset(this, given, head);
    }

    /** What a request for a page gets instead. */
    FeedRefused refusal() {
        FeedRefused refused = FeedRefused.of(
                        410,
                        "UNUSABLE_CURSOR",
                        message() + " Read again from after=0, or with newest=true for what comes from now on.")
                .with("reason", reason.name());
        return rig.map(name -> refused.with("rig", name)).orElse(refused);
    }
}
