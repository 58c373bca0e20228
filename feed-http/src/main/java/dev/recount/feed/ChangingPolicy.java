package dev.recount.feed;

import dev.recount.store.Query;

/** A policy whose answers change with events. Thread-safe where the policy is. */
record ChangingPolicy(FeedPolicy policy, Query changedBy) implements FeedPolicy {

    @Override
    public Query visibleTo(FeedRequest request) {
        return policy.visibleTo(request);
    }
}
