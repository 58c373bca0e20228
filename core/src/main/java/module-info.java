/**
 * Decide, append, project, replay: the whole path of an event, without I/O.
 *
 * <p>The packages are the stations of an event's journey, and the arrows between them point one way: {@code decider} and
 * {@code event} know nothing; {@code codec} and {@code store} know {@code event}; {@code snapshot} and
 * {@code subscription} know {@code event} and {@code store}; {@code command} knows all of these but {@code subscription};
 * {@code town} knows {@code subscription} and {@code store}; {@code reaction} knows {@code command} and {@code subscription};
 * {@code transfer} knows {@code store} and {@code reaction}; {@code replay} and the facade {@code dev.recount} know all but {@code town} and
 * {@code transfer}; {@code sql}, read models as tables, knows {@code event},
 * {@code store} and {@code replay}. How decisions and replays read and keep states, and
 * how a log is followed, is in {@code internal}, which is not exported;
 * {@code internal.log} is what the stores that keep events as rows share.
 */
@org.jspecify.annotations.NullMarked
module dev.recount.core {
    requires static org.jspecify;

    exports dev.recount;
    exports dev.recount.codec;
    exports dev.recount.command;
    exports dev.recount.decider;
    exports dev.recount.event;
    exports dev.recount.internal.log to
            dev.recount.store.jdbc,
            dev.recount.store.postgres,
            dev.recount.store.sqlite;
    exports dev.recount.reaction;
    exports dev.recount.replay;
    exports dev.recount.snapshot;
    exports dev.recount.sql;
    exports dev.recount.store;
    exports dev.recount.subscription;
    exports dev.recount.town;
    exports dev.recount.transfer;
}
