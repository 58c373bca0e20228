package dev.recount.store.sqlite;

import dev.recount.event.NewEvent;
import dev.recount.event.StoredEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Keeps the records of commands true in a copy: a record says how many events its command led to, and where some of these were left out
 * or split, a reader would else take the events of somebody else for the command's. Not thread-safe: made for one run.
 */
final class CopiedCommands {

    private static final String EVENTS = "commandEvents";
    // What claims more was written by somebody else, and would hold all events that follow back.
    private static final int MAX_EVENTS = 10_000;

    private final List<CopyRun.Changed> open = new ArrayList<>();
    private int wanted;

    /**
     * The events that can be written: the next ones without those at their end that belong to a command whose others come later.
     *
     * @param isLast whether none come later
     */
    List<CopyRun.Changed> next(List<CopyRun.Changed> events, boolean isLast) {
        List<CopyRun.Changed> ready = new ArrayList<>();
        for (CopyRun.Changed event : events) {
            take(event, ready);
        }
        if (isLast) {
            closeCommand(ready);
        }
        return ready;
    }

    private void take(CopyRun.Changed event, List<CopyRun.Changed> ready) {
        int events = recorded(event.from());
        if (events > 0) {
            closeCommand(ready);
            wanted = events;
        }
        if (wanted == 0) {
            ready.add(event);
            return;
        }
        open.add(event);
        if (open.size() == wanted) {
            closeCommand(ready);
        }
    }

    private void closeCommand(List<CopyRun.Changed> ready) {
        int left = open.stream().mapToInt(event -> event.to().size()).sum();
        for (CopyRun.Changed event : open) {
            ready.add(left == wanted ? event : new CopyRun.Changed(event.from(), counted(event.to(), left)));
        }
        open.clear();
        wanted = 0;
    }

    private static List<NewEvent> counted(List<NewEvent> events, int count) {
        return events.stream()
                .map(event -> event.metadata().get(EVENTS).isEmpty()
                        ? event
                        : event.withMetadata(event.metadata().with(EVENTS, Integer.toString(count))))
                .toList();
    }

    private static int recorded(StoredEvent event) {
        Optional<String> events = event.metadata().get(EVENTS);
        if (events.isEmpty() || !events.get().matches("[1-9][0-9]{0,8}")) {
            return 0;
        }
        int number = Integer.parseInt(events.get());
        return number > MAX_EVENTS ? 0 : number;
    }
}
