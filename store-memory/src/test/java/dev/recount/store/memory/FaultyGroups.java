package dev.recount.store.memory;

import dev.recount.store.Append;
import dev.recount.store.AppendCondition;
import dev.recount.store.AppendConditionFailed;
import dev.recount.store.Appended;
import dev.recount.store.EventStore;
import dev.recount.store.EventStoreException;
import dev.recount.store.Page;
import dev.recount.store.ReadOptions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Stores that write the appends of a moment together, and get one thing about that wrong. Alone, every append is right. */
final class FaultyGroups {

    private FaultyGroups() {}

    static EventStore checkingAGroupAgainstTheLogOnly(EventStore good) {
        return GroupingStore.on(good, (store, group) -> {
            long head = store.info().head();
            group.forEach(member -> member.run(append -> {
                if (append.receiptKey().flatMap(store::receipt).isEmpty()) {
                    check(store, append.condition(), head);
                }
                return store.append(append.when(AppendCondition.none()));
            }));
        });
    }

    static EventStore acknowledgingWhoIsRefusedInAGroup(EventStore good) {
        return GroupingStore.on(
                good,
                (store, group) -> group.forEach(member -> member.run(append -> {
                    try {
                        return store.append(append);
                    } catch (AppendConditionFailed e) {
                        if (group.size() == 1) {
                            throw e;
                        }
                        long head = store.info().head();
                        return new Appended(head - append.events().size() + 1, head, false);
                    }
                })));
    }

    static EventStore losingReceiptsInsideAGroup(EventStore good) {
        return GroupingStore.on(good, (store, group) -> {
            Set<String> pending = new HashSet<>();
            group.forEach(member -> member.run(append -> {
                boolean lost = !append.receiptKey().map(pending::add).orElse(true);
                return store.append(
                        lost && !append.events().isEmpty()
                                ? Append.of(append.events()).when(append.condition())
                                : append);
            }));
        });
    }

    static EventStore mixingUpTheOutcomesOfAGroup(EventStore good) {
        return GroupingStore.on(good, (store, group) -> {
            group.forEach(member -> member.run(store::append));
            List<GroupingStore.Member> acknowledged =
                    group.stream().filter(GroupingStore.Member::isAcknowledged).toList();
            List<Appended> outcomes = new ArrayList<>(
                    acknowledged.stream().map(GroupingStore.Member::outcome).toList());
            Collections.rotate(outcomes, 1);
            for (int i = 0; i < outcomes.size(); i++) {
                acknowledged.get(i).tell(outcomes.get(i));
            }
        });
    }

    static EventStore refusingAWholeGroup(EventStore good) {
        return GroupingStore.on(good, (store, group) -> {
            RuntimeException refusal = null;
            for (GroupingStore.Member member : group) {
                RuntimeException earlier = refusal;
                refusal = member.run(append -> {
                    if (earlier != null) {
                        throw earlier;
                    }
                    return store.append(append);
                });
            }
        });
    }

    static EventStore storingWhatItRefusesInAGroup(EventStore good) {
        return GroupingStore.on(
                good,
                (store, group) -> group.forEach(member -> member.run(append -> {
                    try {
                        return store.append(append);
                    } catch (EventStoreException e) {
                        if (group.size() > 1 && !append.events().isEmpty()) {
                            store.append(Append.of(append.events()));
                        }
                        throw e;
                    }
                })));
    }

    private static void check(EventStore store, AppendCondition condition, long head) {
        if (condition.after() > head) {
            throw new IllegalArgumentException("Made on another log.");
        }
        Page page = store.read(
                condition.query(),
                ReadOptions.defaults().after(condition.after()).until(head));
        page.events().stream().findFirst().ifPresent(conflicting -> {
            throw new AppendConditionFailed(condition, conflicting);
        });
    }
}
