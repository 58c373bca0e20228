package dev.recount.store.memory;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.recount.event.PackedEvents;
import dev.recount.event.StoredEvent;
import dev.recount.store.EventStore;
import dev.recount.store.PackedPage;
import dev.recount.store.Page;
import dev.recount.store.Query;
import dev.recount.store.ReadOptions;
import dev.recount.store.StoreClosed;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Optional;

/** Stores that pack their pages, and all but the first get one thing about it wrong. */
final class FaultyPacking {

    private FaultyPacking() {}

    interface Packs {
        Optional<PackedPage> readPacked(EventStore store, Query query, ReadOptions options);
    }

    static EventStore packing(EventStore good) {
        return packing(good, (store, query, options) -> Optional.of(pack(store.read(query, options))));
    }

    static EventStore losingTheLastEvent(EventStore good) {
        return packing(good, (store, query, options) -> {
            Page page = store.read(query, options);
            List<StoredEvent> events = page.events();
            List<StoredEvent> kept = events.subList(0, Math.max(0, events.size() - 1));
            return Optional.of(pack(new Page(query, kept, page.upTo(), page.complete())));
        });
    }

    static EventStore shiftingTheData(EventStore good) {
        return packing(good, (store, query, options) -> {
            Page page = store.read(query, options);
            List<StoredEvent> events = page.events();
            PackedEvents packed = pack(page).events();
            PackedEvents.Builder shifted = PackedEvents.over(packed.utf8().clone(), events.size());
            for (int i = 0; i < packed.size(); i++) {
                int end = packed.end(Math.min(i + 1, packed.size() - 1));
                int start = i + 1 < packed.size() ? packed.start(i + 1) : end;
                shifted.add(packed.sequence(i), packed.type(i), packed.version(i), start, end);
            }
            return Optional.of(new PackedPage(shifted.build(), page.upTo(), page.complete()));
        });
    }

    static EventStore forgettingTheQuery(EventStore good) {
        return packing(good, (store, query, options) -> Optional.of(pack(store.read(Query.all(), options))));
    }

    static EventStore forgettingUntil(EventStore good) {
        return packing(
                good, (store, query, options) -> Optional.of(pack(store.read(query, options.until(Long.MAX_VALUE)))));
    }

    static EventStore claimingToHaveLookedFurther(EventStore good) {
        return packing(good, (store, query, options) -> {
            Page page = store.read(query, options);
            return Optional.of(new PackedPage(
                    pack(page).events(), page.complete() ? page.upTo() : page.upTo() + 1, page.complete()));
        });
    }

    static EventStore stoppingUpToAtTheLastMatch(EventStore good) {
        return packing(good, (store, query, options) -> {
            PackedPage page = pack(store.read(query, options));
            int size = page.events().size();
            long last = size == 0 ? options.after() : page.events().sequence(size - 1);
            return Optional.of(new PackedPage(page.events(), last, page.complete()));
        });
    }

    static EventStore stoppingAtOnePage(EventStore good) {
        return packing(good, (store, query, options) -> {
            Page page = store.read(query, options);
            return Optional.of(new PackedPage(pack(page).events(), page.upTo(), true));
        });
    }

    static EventStore forgettingVersions(EventStore good) {
        return packing(good, (store, query, options) -> {
            PackedPage page = pack(store.read(query, options));
            PackedEvents events = page.events();
            PackedEvents.Builder first = PackedEvents.over(events.utf8(), events.size());
            for (int i = 0; i < events.size(); i++) {
                first.add(events.sequence(i), events.type(i), 1, events.start(i), events.end(i));
            }
            return Optional.of(new PackedPage(first.build(), page.upTo(), page.complete()));
        });
    }

    static EventStore givingMoreThanAskedFor(EventStore good) {
        return packing(
                good,
                (store, query, options) -> Optional.of(
                        pack(store.read(query, options.withLimit(options.limit() < 50 ? options.limit() + 1 : 500)))));
    }

    static EventStore packingSomePagesOnly(EventStore good) {
        return packing(
                good,
                (store, query, options) ->
                        options.after() > 0 ? Optional.empty() : Optional.of(pack(store.read(query, options))));
    }

    static EventStore countingCharactersForBytes(EventStore good) {
        return packing(good, (store, query, options) -> {
            Page page = store.read(query, options);
            List<StoredEvent> events = page.events();
            PackedEvents packed = pack(page).events();
            PackedEvents.Builder cut = PackedEvents.over(packed.utf8().clone(), events.size());
            for (int i = 0; i < packed.size(); i++) {
                int end = packed.start(i) + events.get(i).data().length();
                cut.add(packed.sequence(i), packed.type(i), packed.version(i), packed.start(i), end);
            }
            return Optional.of(new PackedPage(cut.build(), page.upTo(), page.complete()));
        });
    }

    static EventStore readingBackwardsWhereAsked(EventStore good) {
        return new FaultyStore(good) {
            @Override
            public Optional<PackedPage> readPacked(Query query, ReadOptions options) {
                return Optional.of(pack(store.read(query, options)));
            }
        };
    }

    static EventStore packingNothingAfterClose(EventStore good) {
        return packing(good, (store, query, options) -> {
            try {
                return Optional.of(pack(store.read(query, options)));
            } catch (StoreClosed e) {
                return Optional.of(new PackedPage(PackedEvents.none(), options.after(), true));
            }
        });
    }

    private static EventStore packing(EventStore good, Packs packs) {
        return new FaultyStore(good) {
            @Override
            public Optional<PackedPage> readPacked(Query query, ReadOptions options) {
                if (options.isNewestFirst()) {
                    throw new IllegalArgumentException("A packed page is oldest first. Use read.");
                }
                return packs.readPacked(store, query, options);
            }
        };
    }

    private static PackedPage pack(Page page) {
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        int[] ends = new int[page.events().size()];
        for (int i = 0; i < ends.length; i++) {
            data.writeBytes(("#" + page.events().get(i).data()).getBytes(UTF_8));
            ends[i] = data.size();
        }
        PackedEvents.Builder packed = PackedEvents.over(data.toByteArray(), ends.length);
        for (int i = 0; i < ends.length; i++) {
            StoredEvent event = page.events().get(i);
            packed.add(event.sequence(), event.type(), event.version(), 1 + (i == 0 ? 0 : ends[i - 1]), ends[i]);
        }
        return new PackedPage(packed.build(), page.upTo(), page.complete());
    }
}
